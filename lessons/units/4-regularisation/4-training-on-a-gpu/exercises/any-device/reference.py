"""Training on whatever device there is."""

import torch
from torch import nn

from grader.spec import Finding, Rng, alternative, cases, check, edit, edit_alternative, fixture, mistake, script


def pick_device():
    return torch.device("cuda" if torch.cuda.is_available() else "cpu")


def train(model, loader, epochs, device):
    model.to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    means = []
    for _ in range(epochs):
        costs = []
        for images, labels in loader:
            images, labels = images.to(device), labels.to(device)
            optimizer.zero_grad()
            cost = nn.functional.nll_loss(model(images), labels)
            cost.backward()
            optimizer.step()
            costs.append(cost.item())
        means.append(sum(costs) / len(costs))
    return means


@torch.no_grad()
def accuracy(model, loader, device):
    right = seen = 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        right += (model(images).argmax(dim=1) == labels).sum().item()
        seen += len(labels)
    return right / seen


@cases("pick")
def machines(rng: Rng):
    for gpu in (True, False):
        s = script("a machine with a GPU" if gpu else "a machine without one")
        s.call(fixture("pretend"), gpu, label="the machine", compare=False)
        found = s.call("pick_device", label="the device", compare=False)
        s.call(fixture("told"), found, label="its kind")
        s.call(fixture("no_longer"), label="the machine as it is", compare=False)
        yield s


def plain(value):
    """A list of numbers as a tensor; anything else as it is."""
    if isinstance(value, list) and value and all(type(one) is float for one in value):
        return torch.tensor(value, dtype=torch.float64)
    return value


def parts(s, rng, n, size, m, K, there):
    inputs = size[0] * size[1]
    middle = rng.uniform(K, 1, *size)
    labels = rng.integers(0, K, n)
    images = middle[labels] + rng.normal(n, 1, *size, std=0.3)
    model = s.spy(fixture("network"), rng.normal(K, inputs, std=0.2), rng.normal(K, std=0.2), there)
    return model, s.spy(fixture("loader"), images, labels, m), s.spy(fixture("device"))


@cases("train")
def trainings(rng: Rng):
    for n, size, m, K, epochs in ((53, (6, 5), 8, 3, 1), (41, (3, 7), 16, 5, 3)):
        s = script(f"{n} pictures, {epochs} epoch{'s' if epochs > 1 else ''}", rtol=1e-4, atol=1e-5, canonical=plain)
        model, loader, device = parts(s, rng, n, size, m, K, there=False)
        s.call("train", model, loader, epochs, device, label="costs")
        s.state_dict(model)
        s.attribute(model, "moves", compare=False)
        yield s


@check("the model is moved once", part="train")
def moved_once(got, ref, inputs):
    moves = got[".moves"]
    if moves == 1:
        return None
    if not moves:
        return Finding(
            "Neither the model nor the data were moved: all of it was computed where it lay.", name="nothing-moved",
            hint="Move the model before the first mini-batch, and each mini-batch when it comes: `.to(device)`.",
        )
    return Finding(
        f"The model was moved {moves} times.", name="model-again-and-again", expected="1", got=str(moves),
        hint="The model stays where it has been moved to. Once, before the loops, is enough.",
    )


@cases("accuracy")
def evaluations(rng: Rng):
    for n, size, m, K in ((53, (6, 5), 8, 3), (41, (3, 7), 41, 5), (67, (5, 3), 12, 4)):
        s = script(f"{n} pictures in mini-batches of {m}", rtol=1e-6)
        model, loader, device = parts(s, rng, n, size, m, K, there=True)
        s.call("accuracy", model, loader, device, label="accuracy")
        s.state_dict(model)
        s.attribute(model, "tracked", compare=False)
        yield s


@check("nothing is tracked", part="accuracy", observation=True)
def untracked(got, ref, inputs):
    if got[".tracked"] == 0:
        return None
    return Finding(
        "A graph was recorded during the evaluation.", name="graph-recorded", hint="Evaluate within `torch.no_grad()`."
    )


def left(words):
    """Whether an exception with these words was the outcome."""
    return lambda got, ref, inputs: words in str(inputs["raised"])


# --- which device -------------------------------------------------------------------------------------------------


@alternative(part="pick")
def with_if(*_):
    if torch.cuda.is_available():
        return torch.device("cuda:0")
    return torch.device("cpu")


@alternative(part="pick")
def by_number():
    return torch.device("cuda", 0) if torch.cuda.is_available() else torch.device("cpu", 0)


@alternative(part="pick")
def by_count():
    name = "cpu"
    if torch.cuda.device_count() > 0:
        name = "cuda"
    return torch.device(name)


edit_alternative("first-gpu", part="pick", replace=('"cuda"', '"cuda:0"'))
edit_alternative("the-other-way-round", part="pick", replace=(
    '"cuda" if torch.cuda.is_available() else "cpu"', '"cpu" if not torch.cuda.is_available() else "cuda"'
))  # fmt: skip

edit(
    "hard-coded",
    "Takes a GPU for granted.",
    hint="Where there is no GPU, using the device fails. Ask `torch.cuda.is_available()` first.",
    part="pick",
    replace=('"cuda" if torch.cuda.is_available() else "cpu"', '"cuda"'),
)
edit(
    "always-cpu",
    "Never takes the GPU.",
    hint="Ask `torch.cuda.is_available()`, and take the GPU where it says so.",
    part="pick",
    replace=('"cuda" if torch.cuda.is_available() else "cpu"', '"cpu"'),
)
edit(
    "the-wrong-way-round",
    "Takes the GPU where there is none, and the CPU where there is a GPU.",
    hint="Which of the two comes before `if`, the one for True or the one for False?",
    part="pick",
    replace=('"cuda" if torch.cuda.is_available() else "cpu"', '"cpu" if torch.cuda.is_available() else "cuda"'),
)


@mistake("a-text", "Returns a text.", hint="Make a device of it: `torch.device(text)`.", part="pick")
def a_text():
    return "cuda" if torch.cuda.is_available() else "cpu"



# --- training -----------------------------------------------------------------------------------------------------


@alternative(part="train")
def by_hand(model, loader, epochs, device):
    model = model.to(device)
    history = []
    for _epoch in range(epochs):
        total = torch.zeros((), device=device)
        for batch in loader:
            x, y = (one.to(device, non_blocking=True) for one in batch)
            output = model(x)
            cost = -output[torch.arange(len(y), device=device), y].mean()
            model.zero_grad()
            cost.backward()
            with torch.no_grad():
                for parameter in model.parameters():
                    parameter -= 0.1 * parameter.grad
            total += cost.detach()
        history.append(float(total.cpu()) / len(loader))
    return history


@alternative(part="train")
def with_a_helper(model, loader, epochs, device):
    model.to(device=device)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)

    def step(x, y):
        cost = torch.nn.NLLLoss()(model(x), y)
        optimizer.zero_grad()
        cost.backward()
        optimizer.step()
        return cost.item()

    def epoch():
        costs = [step(x.to(device), y.to(device)) for x, y in loader]
        return torch.tensor(costs, dtype=torch.float64).mean().item()

    return [epoch() for _ in range(epochs)]


edit_alternative("where-the-model-is", part="train", replace=(
    "images, labels = images.to(device), labels.to(device)",
    "place = next(model.parameters()).device\n            images, labels = images.to(place), labels.to(place)",
))  # fmt: skip
edit_alternative("optimiser-first", part="train", replace=[
    ("    model.to(device)\n", ""),
    ("lr=0.1)\n", "lr=0.1)\n    model = model.to(device)\n"),
])  # fmt: skip
edit_alternative("labels-later", part="train", replace=[
    ("images, labels = images.to(device), labels.to(device)", "images = images.to(device)"),
    ("model(images), labels)", "model(images), labels.to(device))"),
])  # fmt: skip

edit(
    "labels-left-behind",
    "Moves the pictures and leaves the labels where they are.",
    hint="The cost is computed from the model's output and the labels. Both must be on the device.",
    part="train",
    when=left("labels have not been moved."),
    replace=("images, labels = images.to(device), labels.to(device)", "images = images.to(device)"),
)
edit(
    "not-kept",
    "Moves the mini-batch and does not keep what comes back.",
    hint="A tensor is not moved in place: `to` returns a copy. Write `images = images.to(device)`.",
    part="train",
    when=left("pictures have not been moved (a copy"),
    replace=("images, labels = images.to(device), labels.to(device)", "images.to(device), labels.to(device)"),
)
edit(
    "data-left-behind",
    "Moves the model, and leaves pictures and labels where they are.",
    hint="Every mini-batch comes from the CPU's memory. Move it when the loader has given it: `images = images.to(device)`.",
    part="train",
    when=left("pictures have not been moved."),
    replace=("            images, labels = images.to(device), labels.to(device)\n", ""),
)
edit(
    "model-left-behind",
    "Moves the data, and leaves the model where it is.",
    hint="The parameters have to be on the device too: `model.to(device)`, before the first mini-batch.",
    part="train",
    when=left("the model has not been moved"),
    replace=("    model.to(device)\n", ""),
)
edit(
    "nothing-moved",
    "Neither the model nor the data are moved.",
    hint="Move the model before the first mini-batch, and each mini-batch when it comes: `.to(device)`.",
    part="train",
    replace=[("    model.to(device)\n", ""), ("            images, labels = images.to(device), labels.to(device)\n", "")],
)
edit(
    "hard-coded",
    "Moves to \"cuda\" instead of the device that it was given.",
    hint="The third thing that `train` needs to know is its last argument: write `device` wherever \"cuda\" stands.",
    part="train",
    when=left("not compiled with CUDA"),
    replace=("    model.to(device)\n", "    model.to(\"cuda\")\n"),
)
edit(
    "model-again-and-again",
    "Moves the model for every mini-batch.",
    hint="The model stays where it has been moved to. Once, before the loops, is enough.",
    part="train",
    replace=[("    model.to(device)\n", ""), ("            images, labels =", "            model.to(device)\n            images, labels =")],
)
edit(
    "last-cost",
    "Returns the cost of the last mini-batch of each epoch.",
    hint="The mean over the mini-batches of the epoch is wanted.",
    part="train",
    replace=("sum(costs) / len(costs)", "costs[-1]"),
)


# --- evaluation ---------------------------------------------------------------------------------------------------


@alternative(part="accuracy")
def all_hits(model, loader, device):
    hits = []
    with torch.no_grad():
        for batch in loader:
            x, y = [one.to(device) for one in batch]
            hits += (model(x).max(1).indices == y).tolist()
    return sum(hits) / len(hits)


@alternative(part="accuracy")
def compared_on_the_cpu(model, loader, device):
    said, truth = [], []
    with torch.inference_mode():
        for x, y in loader:
            said += model(x.to(device)).argmax(1).cpu().tolist()
            truth += y.tolist()
    return sum(a == b for a, b in zip(said, truth, strict=True)) / len(truth)


@alternative(part="accuracy")
def on_the_device(model, loader, device):
    right, seen = torch.zeros((), device=device), 0
    for x, y in loader:
        with torch.no_grad():
            output = model(x.to(device))
        right += output.argmax(1).eq(y.to(device)).sum()
        seen += y.shape[0]
    return float(right) / seen


edit_alternative("in-prediction-mode", part="accuracy", replace=("right = seen = 0", "model.eval()\n    right = seen = 0"))
edit_alternative("as-int", part="accuracy", replace=(".sum().item()", ".int().sum().item()"))

edit(
    "labels-left-behind",
    "Leaves the labels where they are.",
    hint="The labels are compared with what was computed on the device. They have to be there too.",
    part="accuracy",
    when=left("labels have not been moved."),
    replace=("images, labels = images.to(device), labels.to(device)", "images = images.to(device)"),
)
edit(
    "data-left-behind",
    "Leaves the pictures where they are.",
    hint="An evaluation has a loop over mini-batches too. Each of them has to be moved.",
    part="accuracy",
    when=left("pictures have not been moved."),
    replace=("        images, labels = images.to(device), labels.to(device)\n", ""),
)
edit(
    "not-kept",
    "Moves the mini-batch and does not keep what comes back.",
    hint="A tensor is not moved in place: `to` returns a copy.",
    part="accuracy",
    when=left("pictures have not been moved (a copy"),
    replace=("images, labels = images.to(device), labels.to(device)", "images.to(device), labels.to(device)"),
)
edit(
    "mean-of-means",
    "Takes the mean of the mini-batches' accuracies.",
    hint="The last mini-batch may be smaller. Count the pictures that are right, and all pictures.",
    part="accuracy",
    replace=[(".sum().item()", ".float().mean().item()"), ("seen += len(labels)", "seen += 1")],
)


@mistake("graph-recorded", "Records a graph.", hint="Evaluate within `torch.no_grad()`.", part="accuracy")
def graph_recorded(model, loader, device):
    right = seen = 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        right += (model(images).argmax(dim=1) == labels).sum().item()
        seen += len(labels)
    return right / seen
