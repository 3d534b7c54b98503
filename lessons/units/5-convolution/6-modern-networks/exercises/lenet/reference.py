"""LeNet-5, its altered pictures, and a criterion for over-fitting."""

import torch
from torch import nn

from grader.spec import Finding, Rng, alternative, case, cases, check, edit, edit_alternative, mistake, script


class LeNet5(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, kernel_size=5, padding=2)
        self.conv2 = nn.Conv2d(6, 16, kernel_size=5)
        self.conv3 = nn.Conv2d(16, 120, kernel_size=5)
        self.fc = nn.Linear(120, 84)
        self.fc_output = nn.Linear(84, 10)

    def forward(self, x):
        for layer in (self.conv1, self.conv2):
            x = nn.functional.max_pool2d(nn.functional.relu(layer(x)), kernel_size=2)
        x = nn.functional.relu(self.conv3(x))
        x = nn.functional.relu(self.fc(x.flatten(1)))
        return self.fc_output(x)


def altered(images, seed):
    draw = torch.Generator().manual_seed(seed)
    n, _, h, w = images.shape
    corner = torch.randint(0, 5, (n, 2), generator=draw).tolist()
    mirrored = (torch.rand(n, generator=draw) < 0.5).tolist()
    framed = nn.functional.pad(images, (2, 2, 2, 2))
    cut = [one[:, r : r + h, c : c + w] for one, (r, c) in zip(framed, corner, strict=True)]
    return torch.stack([one.flip(-1) if turned else one for one, turned in zip(cut, mirrored, strict=True)])


def over_fits(history):
    costs = history["test_cost"]
    late = sum(costs[-3:]) / 3
    gap = history["train_acc"][-1] - history["test_acc"][-1]
    return gap >= 0.04 and late >= 1.1 * min(costs)


# --- cases --------------------------------------------------------------------------------------------------------

SIZES = [(6, 1, 5, 5), (6,), (16, 6, 5, 5), (16,), (120, 16, 5, 5), (120,), (84, 120), (84,), (10, 84), (10,)]
NAMES = [f"{layer}.{kind}" for layer in ("conv1", "conv2", "conv3", "fc", "fc_output") for kind in ("weight", "bias")]


@cases("network")
def networks(rng: Rng):
    for n in (7, 1):
        s = script(f"{n} pictures" if n > 1 else "one picture", rtol=1e-4)
        model = s.new("LeNet5", label="the network")
        s.observe(model, "parameters", "buffers", "loose", label="what it holds")
        values = {}
        for name, size in zip(NAMES, SIZES, strict=True):
            scale = 0.3 if len(size) == 1 else (2.0 / torch.Size(size[1:]).numel()) ** 0.5
            values[name] = rng.normal(*size, std=scale)
        s.set(model, values)
        s.call(model, rng.uniform(n, 1, 28, 28), label="scores")
        s.eval(model)
        s.call(model, rng.normal(3, 1, 28, 28), label="scores in prediction mode")
        yield s


def versions(picture):
    """All fifty versions of a picture (c, h, w), as a tensor (50, c, h, w), those that are mirrored last."""
    h, w = picture.shape[1:]
    framed = nn.functional.pad(picture, (2, 2, 2, 2))
    cut = [framed[:, r : r + h, c : c + w] for r in range(5) for c in range(5)]
    return torch.stack(cut + [one.flip(2) for one in cut])


@cases("alter")
def pictures(rng: Rng):
    picture, different, seed = rng.uniform(3, 7, 5, low=0.1), rng.uniform(11, 3, 9, 13, low=0.1), rng.integers(0, 10**6)
    s = script("4,000 equal pictures", weight=0, truth=(picture, different))
    many = picture.expand(4000, 3, 7, 5).clone()
    for label, used in (("many", seed), ("again", seed), ("other", seed + 1)):
        s.call("altered", many, used, label=label, compare=False)
    s.call("altered", different, seed, label="different", compare=False)
    yield s


@check("each picture by itself, in all versions", part="alter")
def altered_well(got, ref, inputs):
    picture, different = inputs["truth"]
    wanted = {"many": (4000, 3, 7, 5), "again": (4000, 3, 7, 5), "other": (4000, 3, 7, 5), "different": (11, 3, 9, 13)}
    for label, size in wanted.items():
        if not isinstance(got[label], torch.Tensor) or tuple(got[label].shape) != size:
            return Finding("The pictures do not have the size that they had.", name="other-size", expected=str(size), got=str(getattr(got[label], "shape", None)))
    place = nearest(got["many"], versions(picture))
    if bool((place < 0).any()):
        rolled = [torch.roll(picture, (r, c), (1, 2)) for r in range(-2, 3) for c in range(-2, 3)]
        if bool((nearest(got["many"], torch.stack(rolled + [one.flip(2) for one in rolled])) >= 0).all()):
            return Finding("What leaves a picture at one side comes back at the other.", name="wrapped")
        return Finding("A picture is none of the fifty versions.", name="no-version")
    shifts, mirrored = torch.bincount(place % 25, minlength=25), (place >= 25).double().mean().item()
    if int((shifts > 0).sum()) == 1:
        return Finding("All pictures are shifted in the same way.", name="not-each")
    if int(shifts.min()) < 100 or int(shifts.max()) > 220:
        return Finding("The 25 shifts are not equally frequent.", name="not-even", expected="100 to 220 times each", got=f"{int(shifts.min())} to {int(shifts.max())}")
    if not 0.45 <= mirrored <= 0.55:
        return Finding("Too many or too few pictures are mirrored.", name="mirrors", expected="45 to 55 %", got=f"{mirrored:.0%}")
    for one, result in zip(different, got["different"], strict=True):
        if int(nearest(result[None], versions(one))[0]) < 0:
            return Finding("A picture has become a version of another one.", name="mixed")
    if not torch.equal(got["many"], got["again"]):
        return Finding("The same seed gives other pictures.", name="not-repeated")
    if torch.equal(got["many"], got["other"]):
        return Finding("Another seed gives the same pictures.", name="seed-ignored")
    return None


def nearest(pictures, known):
    """The place of the version that each picture is, or -1."""
    apart = torch.cdist(pictures.flatten(1).double(), known.flatten(1).double(), compute_mode="donot_use_mm_for_euclid_dist")
    least, place = apart.min(dim=1)
    return torch.where(least < 1e-4, place, -1)


def made_up(rng: Rng, gap, factor, lowest_at, epochs=9):
    costs = [round(0.5 + 0.4 * rng.uniform(), 3) for _ in range(epochs)]
    costs[lowest_at] = 0.4
    costs[-3:] = [round(0.4 * factor * share, 4) for share in (0.97, 1.0, 1.03)] if lowest_at < epochs - 3 else costs[-3:]
    train = [round(0.5 + 0.05 * epoch, 3) for epoch in range(epochs)]
    test = [round(one - 0.02, 3) for one in train]
    test[-1] = round(train[-1] - gap, 3)
    return {"train_acc": train, "test_acc": test, "test_cost": costs}


@cases("over-fits")
def histories(rng: Rng):
    for gap, factor, place, label in (
        (0.08, 1.3, 3, "a gap, and a cost that has turned"),
        (0.08, 1.05, 3, "a gap, and a cost that has hardly turned"),
        (0.02, 1.3, 3, "no gap, and a cost that has turned"),
        (0.01, 1.02, 2, "neither"),
        (0.05, 1.15, 0, "just over-fitted"),
        (-0.1, 1.5, 4, "better on the test set"),
    ):
        yield case(history=made_up(rng, gap, factor, place), label=label, canonical=truth)
    yield case(history={"train_acc": [0.9, 0.95, 0.99], "test_acc": [0.85, 0.86, 0.86], "test_cost": [0.5, 0.45, 0.4]}, label="still falling", canonical=truth)
    late = {"train_acc": [0.7, 0.8, 0.9, 0.95, 0.97], "test_acc": [0.7, 0.75, 0.8, 0.8, 0.8], "test_cost": [0.6, 0.5, 0.5, 0.48, 0.62]}
    yield case(history=late, label="one high cost at the end", canonical=truth)
    closing = {"train_acc": [0.8, 0.9, 0.92, 0.93, 0.94], "test_acc": [0.7, 0.75, 0.8, 0.9, 0.93], "test_cost": [0.4, 0.5, 0.6, 0.6, 0.6]}
    yield case(history=closing, label="a gap that has closed", canonical=truth)


def truth(value):
    return bool(value) if isinstance(value, torch.Tensor) and value.numel() == 1 else value


# --- the network --------------------------------------------------------------------------------------------------


@alternative(part="network")
class WithModules(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1, self.conv2 = nn.Conv2d(1, 6, (5, 5), padding="same"), nn.Conv2d(6, 16, (5, 5))
        self.conv3 = nn.Conv2d(16, 120, (5, 5))
        self.fc, self.fc_output = nn.Linear(120, 84), nn.Linear(84, 10)
        self.pool, self.relu, self.flatten = nn.MaxPool2d(2), nn.ReLU(), nn.Flatten()

    def forward(self, x):
        x = self.pool(self.relu(self.conv1(x)))
        x = self.pool(self.relu(self.conv2(x)))
        return self.fc_output(self.relu(self.fc(self.flatten(self.relu(self.conv3(x))))))


@alternative(part="network")
class PoolsFirst(nn.Module):
    """Max pooling and ReLU may change places."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5, 1, 2)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.conv3 = nn.Conv2d(16, 120, 5)
        self.fc = nn.Linear(120, 84)
        self.fc_output = nn.Linear(84, 10)

    def forward(self, x):
        x = torch.relu(torch.max_pool2d(self.conv1(x), 2))
        x = torch.relu(torch.max_pool2d(self.conv2(x), 2))
        x = torch.relu(self.conv3(x)).reshape(len(x), 120)
        return self.fc_output(torch.relu(self.fc(x)))


edit_alternative("clamped", part="network", replace=("nn.functional.relu(self.conv3(x))", "self.conv3(x).clamp(min=0)"))
edit_alternative("frame-by-hand", part="network", replace=[(", padding=2", ""), ("        for layer in", "        x = nn.functional.pad(x, (2, 2, 2, 2))\n        for layer in")])
edit_alternative("squeezed", part="network", replace=("x.flatten(1)", "x.squeeze(3).squeeze(2)"))

COUNT = "Each attribute of the table is a layer, and its sizes are in the second column."

edit(
    "no-padding",
    "Leaves out the frame of zeros, so that the third convolution has no room.",
    hint="Go through the sizes: 28, then 28 (with padding 2), 14, 10, 5, 1. Without the padding the third convolution finds only 4 by 4.",
    part="network",
    replace=(", padding=2", ""),
)
edit(
    "softmax",
    "Gives probabilities instead of raw scores.",
    hint="`CrossEntropyLoss` takes raw scores. With a softmax before it the training is slow and poor.",
    part="network",
    replace=("return self.fc_output(x)", "return torch.softmax(self.fc_output(x), dim=1)"),
)
edit(
    "log-softmax",
    "Gives logarithms of probabilities.",
    hint="Raw scores are wanted: nothing follows the last layer.",
    part="network",
    replace=("return self.fc_output(x)", "return torch.log_softmax(self.fc_output(x), dim=1)"),
)
edit(
    "relu-at-the-end",
    "Lets a ReLU follow the last layer.",
    hint="Raw scores may be negative: nothing follows the last layer.",
    part="network",
    replace=("return self.fc_output(x)", "return torch.relu(self.fc_output(x))"),
)
edit(
    "average-pooling",
    "Pools by the mean.",
    hint="The table has max pooling.",
    part="network",
    replace=("nn.functional.max_pool2d(nn.functional.relu(layer(x)), kernel_size=2)", "nn.functional.avg_pool2d(nn.functional.relu(layer(x)), kernel_size=2)"),
)
edit(
    "tanh",
    "Takes tanh for the activations of the first two layers.",
    hint="That is how the original has it. The prompt asks for ReLU.",
    part="network",
    replace=("nn.functional.relu(layer(x))", "torch.tanh(layer(x))"),
)
edit(
    "activation-forgotten",
    "Leaves out the ReLU behind the third convolution.",
    hint="Without an activation between them two linear operations are one.",
    part="network",
    replace=("nn.functional.relu(self.conv3(x))", "self.conv3(x)"),
)

# --- altered pictures ---------------------------------------------------------------------------------------------


@alternative(part="alter")
def one_by_one(images, seed):
    draw = torch.Generator().manual_seed(seed)
    h, w = images.shape[2:]
    framed = nn.functional.pad(images, (2, 2, 2, 2))
    result = []
    for picture in framed:
        r, c, mirrored = [torch.randint(n, (), generator=draw).item() for n in (5, 5, 2)]
        cut = picture[:, r : r + h, c : c + w]
        result.append(cut.flip(2) if mirrored else cut)
    return torch.stack(result)


@alternative(part="alter")
def by_indices(images, seed):
    torch.manual_seed(seed)
    n, _, h, w = images.shape
    framed = nn.functional.pad(images, (2, 2, 2, 2))
    rows = torch.randint(5, (n, 1)) + torch.arange(h)
    columns = torch.randint(5, (n, 1)) + torch.arange(w)
    columns = torch.where(torch.rand(n, 1) < 0.5, columns.flip(1), columns)
    return framed[torch.arange(n)[:, None, None], :, rows[:, :, None], columns[:, None, :]].permute(0, 3, 1, 2)


@alternative(part="alter")
def into_zeros(images, seed):
    import random

    draw, result = random.Random(seed), torch.zeros_like(images)
    h, w = images.shape[2:]
    for number, picture in enumerate(images):
        r, c = draw.randint(-2, 2), draw.randint(-2, 2)
        picture = picture.flip(2) if draw.random() < 0.5 else picture
        result[number, :, max(r, 0) : h + min(r, 0), max(c, 0) : w + min(c, 0)] = picture[:, max(-r, 0) : h - max(r, 0), max(-c, 0) : w - max(c, 0)]
    return result


edit_alternative("framed-by-hand", part="alter", replace=("nn.functional.pad(images, (2, 2, 2, 2))", "nn.ZeroPad2d(2)(images)"))
edit_alternative("mirror-first", part="alter", replace=("framed = nn.functional.pad(images, (2, 2, 2, 2))", "framed = nn.functional.pad(torch.stack([one.flip(-1) if turned else one for one, turned in zip(images, mirrored, strict=True)]), (2, 2, 2, 2))\n    mirrored = [False] * n"))


def found(name):
    return lambda got, ref, inputs: (altered_well(got, ref, inputs) or Finding("")).name == name


edit(
    "not-each",
    "Shifts all pictures in the same way.",
    hint="Draw as many shifts as there are pictures, and as many mirrors.",
    part="alter",
    replace=("(n, 2), generator=draw).tolist()", "(1, 2), generator=draw).expand(n, 2).tolist()"),
    when=found("not-each"),
)
edit(
    "four-shifts",
    "Does not draw all 25 shifts with the same probability.",
    hint="Rows and columns are drawn from the five numbers -2 to 2 each, independently.",
    part="alter",
    replace=("torch.randint(0, 5,", "torch.randint(0, 4,"),
    when=found("not-even"),
)
edit(
    "rows-and-columns-alike",
    "Does not draw all 25 shifts with the same probability.",
    hint="Rows and columns are drawn from the five numbers -2 to 2 each, independently.",
    part="alter",
    replace=("torch.randint(0, 5, (n, 2), generator=draw)", "torch.randint(0, 5, (n, 1), generator=draw).expand(n, 2)"),
    when=found("not-even"),
)
edit(
    "never-mirrored",
    "Does not mirror about half of the pictures.",
    hint="Each picture is mirrored with probability one half, left for right.",
    part="alter",
    replace=("one.flip(-1) if turned else one", "one"),
    when=found("mirrors"),
)
edit(
    "all-or-none",
    "Does not mirror about half of the pictures.",
    hint="Each picture is mirrored with probability one half, left for right.",
    part="alter",
    replace=("(torch.rand(n, generator=draw) < 0.5).tolist()", "[bool(torch.rand((), generator=draw) < 0.5)] * n"),
    when=found("mirrors"),
)
edit(
    "upside-down",
    "Makes pictures that are none of the fifty versions.",
    hint="Left for right, not upside down: which dimension has the columns? And zeros come in, nothing else.",
    part="alter",
    replace=("one.flip(-1)", "one.flip(-2)"),
    when=found("no-version"),
)
edit(
    "seed-ignored",
    "Gives the same pictures whatever the seed is.",
    hint="The seed belongs to the generator.",
    part="alter",
    replace=("manual_seed(seed)", "manual_seed(0)"),
    when=found("seed-ignored"),
)
edit(
    "not-repeated",
    "Gives other pictures each time.",
    hint="Everything that is random must come from what was seeded, the mirrors too.",
    part="alter",
    replace=("torch.rand(n, generator=draw)", "torch.rand(n)"),
    when=found("not-repeated"),
)


@mistake(
    "wrapped",
    "Lets what leaves a picture at one side come back at the other.",
    hint="`torch.roll` brings back at one side what leaves at the other. Zeros should come in.",
    part="alter",
    when=found("wrapped"),
)
def rolled(images, seed):
    draw = torch.Generator().manual_seed(seed)
    result = []
    for picture in images:
        r, c, turned = [torch.randint(n, (), generator=draw).item() for n in (5, 5, 2)]
        picture = torch.roll(picture, (r - 2, c - 2), (1, 2))
        result.append(picture.flip(2) if turned else picture)
    return torch.stack(result)


# --- over-fitting -------------------------------------------------------------------------------------------------


@alternative(part="over-fits")
def with_tensors(history):
    train, test, cost = (torch.tensor(history[name], dtype=torch.float64) for name in ("train_acc", "test_acc", "test_cost"))
    return bool((train[-1] - test[-1] >= 0.04) & (cost[-3:].mean() >= 1.1 * cost.min()))


@alternative(part="over-fits")
def step_by_step(history):
    if history["train_acc"][-1] < history["test_acc"][-1] + 0.04:
        return False
    *_, a, b, c = history["test_cost"]
    return (a + b + c) / 3 / min(history["test_cost"]) >= 1.1


edit_alternative("all-of", part="over-fits", replace=("gap >= 0.04 and late >= 1.1 * min(costs)", "all([gap >= 0.04, late >= 1.1 * min(costs)])"))
edit_alternative("sorted", part="over-fits", replace=("min(costs)", "sorted(costs)[0]"))
edit_alternative("not-less", part="over-fits", replace=("gap >= 0.04 and late >= 1.1 * min(costs)", "not (gap < 0.04 or late < 1.1 * min(costs))"))

edit("or", "Is content with one of the two conditions.", hint="Both must hold.", part="over-fits", replace=("0.04 and late", "0.04 or late"))
edit(
    "last-cost-only",
    "Looks at the last cost alone.",
    hint="A single cost may be high by chance. Take the mean of the last three.",
    part="over-fits",
    replace=("sum(costs[-3:]) / 3", "costs[-1]"),
)
edit("gap-only", "Looks at the accuracies alone.", hint="The second condition is about the test costs.", part="over-fits", replace=(" and late >= 1.1 * min(costs)", ""))
edit("costs-only", "Looks at the costs alone.", hint="The first condition is about the accuracies.", part="over-fits", replace=("gap >= 0.04 and ", ""))
edit(
    "any-gap",
    "Takes the size of the gap without its sign.",
    hint="Where the test accuracy is the higher one, nothing has been learned by heart.",
    part="over-fits",
    replace=("gap >= 0.04", "abs(gap) >= 0.04"),
)

edit(
    "mean-for-the-lowest",
    "Compares with the mean of the costs.",
    hint="Compare the last three with the lowest cost.",
    part="over-fits",
    replace=("late >= 1.1 * min(costs)", "late >= 1.1 * sum(costs) / len(costs)"),
)
edit(
    "largest-gap",
    "Takes the largest gap of all epochs.",
    hint="Look at the end: the last accuracies.",
    part="over-fits",
    replace=("history[\"train_acc\"][-1] - history[\"test_acc\"][-1]", "max(a - b for a, b in zip(history[\"train_acc\"], history[\"test_acc\"], strict=True))"),
)

edit(
    "activation-behind-fc-forgotten",
    "Leaves out the ReLU behind the first linear layer.",
    hint="Look at the table: what follows `fc`?",
    part="network",
    replace=("nn.functional.relu(self.fc(x.flatten(1)))", "self.fc(x.flatten(1))"),
)
