"""A denoising autoencoder of a given width, the smallest width that will do, and how redundant pictures are."""

import torch
from torch import nn

from grader.spec import Finding, Rng, alternative, case, cases, check, edit, edit_alternative, script


def fit(images, width, seed):
    torch.manual_seed(seed)
    h, w = images.shape[-2:]
    there = nn.Sequential(nn.Flatten(), nn.Linear(h * w, width), nn.ReLU())
    back = nn.Sequential(nn.Linear(width, h * w), nn.Sigmoid(), nn.Unflatten(1, (1, h, w)))
    model, noise = nn.Sequential(there, back), nn.Dropout(0.5)
    adam = torch.optim.Adam(model.parameters(), lr=3e-3)
    for _ in range(40):
        for clean in images[torch.randperm(len(images))].split(20):
            loss = (model(noise(clean)) - clean).square().mean()
            adam.zero_grad()
            loss.backward()
            adam.step()
    return model


def chosen(errors):
    allowed = 1.1 * min(errors.values())
    return next(width for width in sorted(errors) if errors[width] <= allowed)


def components(images, share):
    rows = images.flatten(1)
    rows = rows - rows.mean(0)
    variances = torch.linalg.svdvals(rows) ** 2
    held = variances.cumsum(0) / variances.sum()
    return (held < share).sum().item() + 1


# --- the experiment -----------------------------------------------------------------------------------------------


def spots(rng: Rng, n, h=9, w=11):
    """Round spots of light: a place, a size and a brightness make a picture."""
    r, c = torch.arange(h).float()[:, None], torch.arange(w).float()
    at_r, at_c = rng.uniform(n, 1, 1, low=1, high=h - 2), rng.uniform(n, 1, 1, low=1, high=w - 2)
    size, light = rng.uniform(n, 1, 1, low=1.2, high=2.2), rng.uniform(n, 1, 1, low=0.6)
    return (light * torch.exp(-((r - at_r) ** 2 + (c - at_c) ** 2) / (2 * size**2)))[:, None]


@cases("fit")
def small_pictures(rng: Rng):
    for width in (30, 130):
        images, clean = spots(rng, 300), spots(rng, 200)
        corrupted = 2 * clean * (rng.uniform(200, 1, 9, 11) < 0.5)
        baseline = (images.mean(0) - clean).square().mean().item()
        s = script(f"width {width}", truth=(clean, baseline, width), weight=0)
        model = s.call("fit", images, width, rng.integers(0, 10**6), label="training", compare=False)
        s.ask(model, corrupted)
        encoder = s.item(model, 0, label="the encoder", compare=False)
        s.call(encoder, corrupted[:7], label="codes", compare=False)
        yield s


SIZE = "The output has the size of the input: undo the flattening."
WIDTH = "The code has `width` numbers, and the first of the two modules makes it."


def fault(got, inputs):
    """What the restored pictures and the codes have against them, or None."""
    clean, baseline, width = inputs["truth"]
    out, codes = got["held-out"], got["codes"]
    if not isinstance(out, torch.Tensor) or out.shape != clean.shape:
        return Finding("The output does not have the size of the input.", name="other-size", hint=SIZE)
    if not isinstance(codes, torch.Tensor) or codes.shape != (7, width):
        return Finding("The first module does not make codes of the width that was asked for.", name="other-width", hint=WIDTH)
    if not bool(((out >= 0) & (out <= 1)).all()):
        return Finding("Pixels of the output are not between 0 and 1.", name="range", hint="What keeps a number between 0 and 1?")
    relative = (out.double() - clean).square().mean().item() / baseline
    if relative > 0.25:
        return Finding(
            f"On pictures that it has not seen, the error is {relative:.2f} of the mean picture's.", name="too-large",
            expected="0.25 or less", got=f"{relative:.2f}",
            hint="Is the input corrupted and the target clean? And are 40 epochs with Adam and a rate of 0.003 enough?",
        )
    return None


@check("restores pictures that it has not seen", part="fit")
def restores(got, ref, inputs):
    return fault(got, inputs)


def found(name):
    return lambda got, ref, inputs: (fault(got, inputs) or Finding("")).name == name


@alternative(part="fit")
def deeper(images, width, seed):
    torch.manual_seed(seed)
    size = images[0].numel()
    encoder = nn.Sequential(nn.Flatten(), nn.Linear(size, 150), nn.ReLU(), nn.Linear(150, width))
    decoder = nn.Sequential(nn.Linear(width, 150), nn.ReLU(), nn.Linear(150, size), nn.Sigmoid(), nn.Unflatten(1, images.shape[1:]))
    model = nn.Sequential(encoder, decoder)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.002)
    for _ in range(45):
        for places in torch.randperm(len(images)).split(20):
            optimizer.zero_grad()
            nn.functional.mse_loss(model(nn.functional.dropout(images[places])), images[places]).backward()
            optimizer.step()
    return model


class Code(nn.Module):
    def __init__(self, size, width):
        super().__init__()
        self.layer = nn.Linear(size, width)

    def forward(self, X):
        return torch.relu(self.layer(X.flatten(start_dim=1)))


class Picture(nn.Module):
    def __init__(self, width, h, w):
        super().__init__()
        self.layer, self.h, self.w = nn.Linear(width, h * w), h, w

    def forward(self, Z):
        return torch.sigmoid(self.layer(Z)).reshape(-1, 1, self.h, self.w)


@alternative(part="fit")
def as_classes(images, width, seed):
    torch.manual_seed(seed)
    h, w = images.shape[2:]
    model = nn.Sequential(Code(h * w, width), Picture(width, h, w))
    corruptor, optimizer = nn.Dropout(), torch.optim.Adam(model.parameters(), lr=0.004)
    for _ in range(50):
        order = torch.randperm(len(images))
        for start in range(0, len(images), 25):
            batch = images[order[start : start + 25]]
            optimizer.zero_grad()
            nn.MSELoss()(model(corruptor(batch)), batch).backward()
            optimizer.step()
    return model


edit_alternative("by-loader", part="fit", replace=("images[torch.randperm(len(images))].split(20)", "torch.utils.data.DataLoader(images, 20, shuffle=True)"))
edit_alternative("other-noise", part="fit", replace=("model(noise(clean))", "model(2 * clean * (torch.rand(clean.shape) < 0.5))"))
edit_alternative("more-epochs", part="fit", replace=[("range(40)", "range(60)"), ("lr=3e-3", "lr=2e-3")])

edit(
    "few-steps",
    "Either trains too little, or for another target.",
    hint="Is the input corrupted and the target clean? And are 40 epochs with Adam and a rate of 0.003 enough?",
    part="fit",
    replace=("range(40)", "range(2)"),
    when=found("too-large"),
)
edit(
    "no-sigmoid",
    "Gives pixels that are not between 0 and 1.",
    hint="What keeps a number between 0 and 1?",
    part="fit",
    replace=("nn.Sigmoid()", "nn.Identity()"),
    when=found("range"),
)
edit(
    "width-ignored",
    "Has a code of another width.",
    hint=WIDTH,
    part="fit",
    replace=[("nn.Linear(h * w, width)", "nn.Linear(h * w, 100)"), ("nn.Linear(width, h * w)", "nn.Linear(100, h * w)")],
    when=found("other-width"),
)
# --- the smallest that will do ------------------------------------------------------------------------------------


@cases("chosen")
def tables(rng: Rng):
    """The widths, and their errors as multiples of the lowest one."""
    for label, table in (
        ("five widths", {10: (1.9, 2.4), 50: (1.2, 1.5), 100: (1.04, 1.09), 400: (1.01, 1.03), 940: (1, 1)}),
        ("out of order", {784: (1.02, 1.08), 20: (1.3, 1.6), 200: (1, 1), 60: (1.04, 1.09)}),
        ("one width", {30: (1, 1)}),
        ("the widest is worse", {5: (1.5, 2), 300: (1.03, 1.09), 600: (1, 1), 1500: (1.3, 1.5), 900: (1.02, 1.08)}),
    ):
        lowest = rng.uniform(low=0.01, high=0.03)
        errors = {width: lowest * (low if low == high else rng.uniform(low=low, high=high)) for width, (low, high) in table.items()}
        yield case(errors=errors, label=label, canonical=int)


@alternative(part="chosen")
def one_line(errors):
    return min(width for width, error in errors.items() if error <= 1.1 * min(errors.values()))


@alternative(part="chosen")
def from_wide_to_narrow(errors):
    best = width = min(errors, key=errors.get)
    for other in sorted(errors, reverse=True):
        if other < width and errors[other] / errors[best] <= 1.1:
            width = other
    return width


@alternative(part="chosen")
def by_tensors(errors):
    widths, values = torch.tensor(list(errors)), torch.tensor(list(errors.values()), dtype=torch.float64)
    return widths[values <= 1.1 * values.min()].min()


edit_alternative("filtered", part="chosen", replace=("next(width for width in sorted(errors) if errors[width] <= allowed)", "sorted(filter(lambda width: errors[width] <= allowed, errors))[0]"))
edit_alternative("by-difference", part="chosen", replace=("errors[width] <= allowed", "errors[width] - allowed <= 0"))

edit(
    "lowest-error",
    "Takes the width with the lowest error.",
    hint="A smaller width will do if its error is at most 1.1 times the lowest.",
    part="chosen",
    replace=("1.1 * min", "1.0 * min"),
)
edit(
    "first-in-the-dict",
    "Takes the first that fits in the order of the dict.",
    hint="A dict need not be in order.",
    part="chosen",
    replace=("sorted(errors)", "errors"),
)
edit(
    "largest",
    "Takes the largest width that fits.",
    hint="The smallest is wanted.",
    part="chosen",
    replace=("sorted(errors)", "sorted(errors, reverse=True)"),
)
edit(
    "error-returned",
    "Returns the error.",
    hint="The width is wanted, the key of the dict.",
    part="chosen",
    replace=("next(width for", "next(errors[width] for"),
)

# --- how redundant ------------------------------------------------------------------------------------------------


@cases("components")
def pictures(rng: Rng):
    for n, c, h, w, rank, share in ((40, 1, 5, 6, 9, 0.9), (31, 3, 5, 7, 6, 0.95), (23, 1, 6, 7, 11, 0.8), (45, 1, 3, 5, 7, 0.99), (37, 5, 7, 3, 6, 0.3)):
        for _ in range(100):
            codes = rng.normal(n, rank, dtype=torch.float64) * torch.linspace(1.6, 0.4, rank, dtype=torch.float64)
            images = (codes @ rng.normal(rank, c * h * w, dtype=torch.float64) + 12 * rng.normal(c * h * w, dtype=torch.float64)).reshape(n, c, h, w)
            images = images + 0.2 * rng.normal(n, c, h, w, dtype=torch.float64)
            rows = images.flatten(1)
            amounts = torch.linalg.svdvals(rows - rows.mean(0)) ** 2
            if ((amounts.cumsum(0) / amounts.sum() - share).abs() > 1e-4).all():
                break
        yield case(images=images, share=share, label=f"{n} pictures, {c} x {h} x {w}, {share:.0%}")


@alternative(part="components")
def by_eigenvalues(images, share):
    spread = torch.linalg.eigvalsh(torch.cov(images.flatten(start_dim=1).T)).flip(0)
    return int((spread.cumsum(0) / spread.sum() < share).sum()) + 1


@alternative(part="components")
def one_after_the_other(images, share):
    rows = images.reshape(len(images), -1)
    spread = sorted(torch.linalg.eigvalsh(torch.cov(rows.T, correction=0)).tolist(), reverse=True)
    held, number = 0.0, 0
    while held < share * sum(spread):
        held += spread[number]
        number += 1
    return number


@alternative(part="components")
def by_searching(images, share):
    X = images.flatten(1) - images.flatten(1).mean(0, keepdim=True)
    spread = torch.linalg.eigvalsh(X.T @ X).flip(0).clamp(min=0)
    return torch.searchsorted(spread.cumsum(0), share * spread.sum()).item() + 1


edit_alternative("what-is-lost", part="components", replace=("(held < share).sum().item() + 1", "int(((1 - held) > 1 - share).sum()) + 1"))
edit_alternative("first-that-holds", part="components", replace=("(held < share).sum().item() + 1", "int((held >= share).nonzero()[0, 0]) + 1"))

edit(
    "not-centred",
    "Does not take the mean picture off.",
    hint="Variance is about deviations from the mean picture.",
    part="components",
    replace=("    rows = rows - rows.mean(0)\n", ""),
)
edit(
    "not-squared",
    "Adds up standard deviations.",
    hint="Singular values are no variances. Their squares are proportional to them.",
    part="components",
    replace=("torch.linalg.svdvals(rows) ** 2", "torch.linalg.svdvals(rows)"),
)
edit(
    "one-too-few",
    "Counts the directions that do not hold enough yet.",
    hint="If the first three hold too little and the first four enough, the answer is four.",
    part="components",
    replace=("(held < share).sum().item() + 1", "(held < share).sum().item()"),
)
edit(
    "smallest-first",
    "Begins with the smallest variances.",
    hint="The largest come first.",
    part="components",
    replace=("variances.cumsum(0)", "variances.flip(0).cumsum(0)"),
)

edit(
    "everything-allowed",
    "Allows errors that are far too high: any width will do.",
    hint="Allowed is 1.1 times the lowest error, about a tenth more than it.",
    part="chosen",
    replace=("1.1 * min(errors.values())", "0.1 + min(errors.values())"),
)
edit(
    "share-of-the-number",
    "Takes the share of the number of pixels.",
    hint="How much variance do the first directions hold together? Count until it is enough.",
    part="components",
    replace=("return (held < share).sum().item() + 1", "return round(share * rows.shape[1])"),
)
