"""Three networks on few points with wrong labels, judged on points that they have not seen."""

import torch
from torch import nn

from grader.spec import Finding, Rng, alternative, cases, check, edit, edit_alternative, fixture, mistake, script


class PlainDropout(nn.Module):
    def __init__(self, drop_rate=0.5):
        super().__init__()
        self.drop_rate = drop_rate

    def forward(self, X):
        return X * (torch.rand_like(X) > self.drop_rate) if self.training else X


def make_network(widths, dropout):
    layers = []
    for place in range(len(widths) - 2):
        layers += [nn.Linear(widths[place], widths[place + 1]), nn.ReLU()]
        layers += [dropout()] if dropout else []
    return nn.Sequential(*layers, nn.Linear(widths[-2], widths[-1]), nn.LogSoftmax(dim=1))


def three_networks(X, Y, X_val, Y_val):
    return all_three(X, Y)


def all_three(X, Y, rate=0.5, steps=200, hidden=50, correct=lambda: nn.Dropout(0.5), plain=PlainDropout):
    def trained(dropout):
        model = make_network([X.shape[1], hidden, hidden, 5], dropout)
        optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
        for _ in range(steps):
            optimizer.zero_grad()
            nn.functional.nll_loss(model(X), Y).backward()
            optimizer.step()
        return model

    return {"none": trained(None), "dropout": trained(correct), "uncorrected": trained(lambda: plain(rate))}


@cases("network")
def networks(rng: Rng):
    for widths, marked in (([5, 7, 6, 3], True), ([6, 11, 5], True), ([7, 3], True), ([3, 5, 6, 7, 5], False)):
        s = script(f"widths {widths}, {'with' if marked else 'without'} a layer to put in", rtol=1e-4)
        model = s.call("make_network", widths, fixture("marker") if marked else None, label="the network", compare=False)
        s.observe(model, "parameters", "buffers", "loose", label="what it holds")
        shapes = [size for a, b in zip(widths, widths[1:], strict=False) for size in ((b, a), (b,))]
        s.set(model, [0.5 * rng.normal(*shape) for shape in shapes])
        s.call(model, rng.normal(11, widths[0]), label="its output")
        s.call(fixture("different"), model, label="each layer is there once")
        yield s


def points(rng, n, middle):
    labels = rng.integers(0, 5, n)
    X = middle[labels] + rng.normal(n, middle.shape[1], std=0.6)
    return X, torch.where(rng.uniform(n) < 0.2, rng.integers(0, 5, n), labels)


NAMES = ("none", "dropout", "uncorrected")
TRAINED, SEEN, AGAIN, THIRD = "training set", "training mode", "training mode again", "third split"


@cases("three")
def trained(rng: Rng):
    middle = rng.normal(5, 8, std=0.8)
    sets = [points(rng, n, middle) for n in (200, 200, 800)]
    # to return something earns nothing (weight=0); what is returned is for the checks
    s = script("three networks", weight=0, labels=sets[0][1], truth=sets[2][1])
    models = s.call("three_networks", *sets[0], *sets[1], label="models", compare=False)
    for name in NAMES:
        model = s.spy(fixture("model_of"), models, name)
        s.train(model)
        for label in (SEEN, AGAIN):
            s.ask(model, sets[0][0][:20], label=f"{name}, {label}")
        s.eval(model)
        for label, X in ((TRAINED, sets[0][0]), (THIRD, sets[2][0]), ("once more", sets[2][0])):
            s.ask(model, X, label=f"{name}, {label}")
    yield s


def told(output, labels):
    """Cost and accuracy; None where these are no logarithms of probabilities."""
    if not isinstance(output, torch.Tensor) or tuple(output.shape) != (len(labels), 5):
        return None
    if not torch.allclose(output.double().exp().sum(1), torch.ones(len(labels), dtype=torch.float64), atol=1e-3):
        return None
    cost = nn.functional.nll_loss(output.double(), labels).item()
    return cost, (output.argmax(1) == labels).double().mean().item()


def found(got, inputs):
    """name -> (training cost, cost, accuracy); None where a network does not answer."""
    all_told = {}
    for name in NAMES:
        seen, new = told(got[f"{name}, {TRAINED}"], inputs["labels"]), told(got[f"{name}, {THIRD}"], inputs["truth"])
        if seen is None or new is None:
            return None
        all_told[name] = (seen[0], *new)
    return all_told


UNREADABLE = Finding(
    "A dict is expected with three networks, which give the logarithms of five probabilities for each point.", name="form"
)


@check("three networks that answer", part="three")
def form(got, ref, inputs):
    return None if found(got, inputs) else UNREADABLE


@check("each is right about 45 % of the third split", part="three")
def right(got, ref, inputs):
    all_told = found(got, inputs)
    if all_told is None:
        return UNREADABLE
    for name, (_, _, share) in all_told.items():
        if share < 0.45:
            return Finding(f'"{name}" is right about too few points.', name="not-learned", expected="45 %", got=f"{share:.1%}")
    return None


@check('"none" over-fits', part="three")
def overfits_without(got, ref, inputs):
    all_told = found(got, inputs)
    if all_told is None:
        return UNREADABLE
    seen, new, _ = all_told["none"]
    if new >= 3 * seen:
        return None
    return Finding(
        'The cost of "none" on the third split is less than 3 times its cost on the training set.', name="no-overfitting",
        expected=f"{3 * seen:.3g} or more", got=f"{new:.3g}",
    )


@check('"dropout" is better on the third split', part="three")
def better(got, ref, inputs):
    all_told = found(got, inputs)
    if all_told is None:
        return UNREADABLE
    (seen, new, share), (seen_none, new_none, share_none) = all_told["dropout"], all_told["none"]
    if new > 0.75 * new_none:
        return Finding(
            'The cost of "dropout" is more than 0.75 times that of "none".', name="not-better",
            expected=f"{0.75 * new_none:.3g} or less", got=f"{new:.3g}",
        )
    if new - seen > 0.5 * (new_none - seen_none):
        return Finding(
            'The gap between the third split and the training set is more than half of that of "none".', name="not-better",
            expected=f"{0.5 * (new_none - seen_none):.3g} or less", got=f"{new - seen:.3g}",
        )
    if share < share_none - 0.03:
        return Finding('"dropout" is right about fewer points than "none".', name="less-right", expected=f"{share_none:.1%}", got=f"{share:.1%}")
    return None


@check('"uncorrected" has a higher cost', part="three")
def worse(got, ref, inputs):
    all_told = found(got, inputs)
    if all_told is None:
        return UNREADABLE
    new, other = all_told["dropout"][1], all_told["uncorrected"][1]
    if other >= 1.5 * new:
        return None
    return Finding(
        'The cost of "uncorrected" is less than 1.5 times that of "dropout".', name="corrected", expected=f"{1.5 * new:.3g} or more",
        got=f"{other:.3g}", hint="Its layers must do nothing in prediction mode: does your PlainDropout multiply or divide by 1 - p, or is it PyTorch's?",
    )


@check("random in training mode, and only there", part="three")
def modes(got, ref, inputs):
    if found(got, inputs) is None:
        return UNREADABLE
    for name in NAMES:
        if not torch.equal(got[f"{name}, {THIRD}"], got[f"{name}, once more"]):
            return Finding(f'In prediction mode "{name}" gives different answers for the same points.', name="random-prediction")
        same = torch.equal(got[f"{name}, {SEEN}"], got[f"{name}, {AGAIN}"])
        if same != (name == "none"):
            what = "is never random" if same else "is random in training mode"
            return Finding(f'"{name}" {what}.', name="no-dropout" if same else "dropout-in-none")
    return None


# --- the network --------------------------------------------------------------------------------------------------


@alternative(part="network")
def appended(widths, dropout):
    model, last = nn.Sequential(), len(widths) - 2
    for number, (a, b) in enumerate(zip(widths[:-1], widths[1:], strict=True)):
        model.append(nn.Linear(a, b))
        if number < last:
            model.append(nn.ReLU())
            if dropout is not None:
                model.append(dropout())
    return model.append(nn.LogSoftmax(dim=-1))


@alternative(part="network")
def with_identities(widths, dropout):
    make, layers = dropout or nn.Identity, []
    for a, b in zip(widths, widths[1:], strict=False):
        layers += [nn.Linear(a, b), nn.ReLU(), make()]
    return nn.Sequential(*layers[:-2], nn.LogSoftmax(1))


@alternative(part="network")
def nested(widths, dropout):
    def block(a, b):
        return nn.Sequential(nn.Linear(a, b), nn.ReLU(), *([] if dropout is None else [dropout()]))

    hidden = [block(a, b) for a, b in zip(widths[:-2], widths[1:-1], strict=True)]
    return nn.Sequential(*hidden, nn.Linear(*widths[-2:]), nn.LogSoftmax(dim=1))


edit_alternative("none-asked", part="network", replace=("if dropout else []", "if dropout is not None else []"))
edit_alternative("relu-in-place", part="network", replace=("nn.ReLU()", "nn.ReLU(inplace=True)"))

edit(
    "before-the-activation",
    "Puts the layer in front of the ReLU.",
    hint="The prompt has it behind the ReLU.",
    part="network",
    replace=[
        ("layers += [nn.Linear(widths[place], widths[place + 1]), nn.ReLU()]", "layers += [nn.Linear(widths[place], widths[place + 1])]"),
        ("layers += [dropout()] if dropout else []", "layers += [dropout(), nn.ReLU()] if dropout else [nn.ReLU()]"),
    ],
)
edit(
    "behind-the-input",
    "Puts a layer directly behind the input too.",
    hint="The network should receive all of the data. The first such layer stands behind the first ReLU.",
    part="network",
    replace=("layers = []", "layers = [dropout()] if dropout else []"),
)
edit(
    "behind-the-scores",
    "Puts a layer behind the last linear layer too.",
    hint="A class whose score is dropped cannot be predicted. No such layer stands behind the last linear layer.",
    part="network",
    replace=("nn.Linear(widths[-2], widths[-1]),", "nn.Linear(widths[-2], widths[-1]), *([dropout()] if dropout else []),"),
)
edit(
    "relu-at-the-end",
    "Has a ReLU behind the last linear layer.",
    hint="Scores may be negative: no ReLU stands in front of LogSoftmax.",
    part="network",
    replace=("nn.Linear(widths[-2], widths[-1]),", "nn.Linear(widths[-2], widths[-1]), nn.ReLU(),"),
)
edit(
    "only-once",
    "Puts in the layer only once, at the end of the hidden layers.",
    hint="It stands behind *each* ReLU.",
    part="network",
    replace=[
        ("        layers += [dropout()] if dropout else []\n", ""),
        ("    return nn.Sequential", "    layers += [dropout()] if dropout and layers else []\n    return nn.Sequential"),
    ],
)
edit(
    "no-logarithms",
    "Gives probabilities, and not their logarithms.",
    hint="The network ends with `LogSoftmax`.",
    part="network",
    replace=("nn.LogSoftmax(dim=1)", "nn.Softmax(dim=1)"),
)

# --- three networks -----------------------------------------------------------------------------------------------


class Scaled(PlainDropout):
    def forward(self, X):
        return super().forward(X) if self.training else (1 - self.drop_rate) * X


@alternative(part="three")
def corrected_in_prediction(X, Y, X_val, Y_val):
    return all_three(X, Y, correct=Scaled)


edit_alternative("other-rate", part="three", replace=("all_three(X, Y)", "all_three(X, Y, rate=0.6, steps=230, correct=lambda: nn.Dropout(0.6))"))
edit_alternative("wider", part="three", replace=("all_three(X, Y)", "all_three(X, Y, hidden=60)"))
edit_alternative("longer", part="three", replace=("all_three(X, Y)", "all_three(X, Y, steps=260)"))


@alternative(part="three")
def stopped_early(X, Y, X_val, Y_val):
    """The number of steps for dropout is chosen on the validation set."""
    models = all_three(X, Y)
    best = (float("inf"), None)
    model = make_network([X.shape[1], 50, 50, 5], lambda: nn.Dropout(0.5))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    for step in range(200):
        model.train()
        optimizer.zero_grad()
        nn.functional.nll_loss(model(X), Y).backward()
        optimizer.step()
        if step % 20 == 19:
            model.eval()
            with torch.no_grad():
                cost = nn.functional.nll_loss(model(X_val), Y_val).item()
            best = min(best, (cost, step), key=lambda pair: pair[0])
    return models | {"dropout": model}


def verdict(name, function):
    """Whether a check has this finding."""
    return lambda got, ref, inputs: not inputs["raised"] and found(got, inputs) is not None and (function(got, ref, inputs) or UNREADABLE).name == name


edit(
    "not-random",
    "Trains all three without dropout, or switches it off in training.",
    hint="Call `model.train()` before training, and put what `dropout()` makes into the two networks.",
    part="three",
    replace=("all_three(X, Y)", "all_three(X, Y, correct=nn.Identity, plain=nn.Identity)"),
    when=verdict("no-dropout", modes),
)
edit(
    "too-short",
    "Stops before anything is learned by heart, or has too few units for it.",
    hint="More units, or more steps. The cost of \"none\" on the training set should be close to 0.",
    part="three",
    replace=("all_three(X, Y)", "all_three(X, Y, steps=30, hidden=20)"),
    when=verdict("no-overfitting", overfits_without),
)


class AlwaysDrops(PlainDropout):
    def forward(self, X):
        return X * (torch.rand_like(X) > self.drop_rate)


edit(
    "drops-in-prediction",
    "Drops in prediction mode too.",
    hint="Ask `self.training` in `forward`: nothing is random in prediction mode.",
    part="three",
    replace=("all_three(X, Y)", "all_three(X, Y, plain=AlwaysDrops)"),
    when=verdict("random-prediction", modes),
)

edit(
    "pytorch-twice",
    "Corrects the one that was to be left uncorrected.",
    hint="Its layers must do nothing in prediction mode: does your PlainDropout multiply or divide by 1 - p, or is it PyTorch's?",
    part="three",
    replace=("all_three(X, Y)", "all_three(X, Y, plain=nn.Dropout)"),
    when=verdict("corrected", worse),
)
