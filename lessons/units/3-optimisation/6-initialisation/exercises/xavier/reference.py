"""Xavier's rule for every linear layer, and two moons."""

import torch
from sklearn.datasets import make_moons
from torch import nn

from grader.spec import Finding, Rng, alternative, cases, check, edit, edit_alternative, fixture, mistake, script


def xavier_init_(model):
    for layer in model.modules():
        if isinstance(layer, nn.Linear):
            a = (6 / (layer.in_features + layer.out_features)) ** 0.5
            with torch.no_grad():
                layer.weight.uniform_(-a, a)
                if layer.bias is not None:
                    layer.bias.zero_()


def train(X, Y):
    model = nn.Sequential()
    for inputs, outputs, activation in ((2, 10, nn.ReLU()), (10, 10, nn.ReLU()), (10, 1, nn.Sigmoid())):
        model.append(nn.Linear(inputs, outputs)).append(activation)
    xavier_init_(model)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
    for _ in range(300):
        optimizer.zero_grad()
        nn.functional.binary_cross_entropy(model(X).squeeze(1), Y).backward()
        optimizer.step()
    return model


@cases("initialise")
def models(rng: Rng):
    s = script("linear layers, here and there")
    model = s.call(fixture("nested"), label="the model", compare=False)
    s.call("xavier_init_", model, label="returned")
    s.call(fixture("weights"), model, label="first", compare=False)
    s.call("xavier_init_", model, label="returned again")
    s.call(fixture("weights"), model, label="second", compare=False)
    yield s


def sizes(value):
    return [[tuple(one.shape) for one in value[name]] for name in ("weights", "biases", "others")]


@check("every weight lies within the bound, and they fill it", part="initialise", weight=2)
def within(got, ref, inputs):
    for call in ("first", "second"):
        if sizes(got[call]) != sizes(ref[call]):
            return Finding("The sizes of the parameters have changed.", name="sizes")
        for W in got[call]["weights"]:
            a = (6 / sum(W.shape)) ** 0.5
            largest, mean = W.abs().max().item(), W.mean().item()
            if not largest <= a * 1.0001:
                return Finding(
                    "A weight lies outside the bound.", name="too-large",
                    expected=f"at most {a:.4f} for {W.shape[1]} inputs and {W.shape[0]} outputs", got=f"{largest:.4f}",
                )
            if largest < 0.95 * a:
                return Finding("The weights do not fill the range.", name="too-small", expected=f"nearly {a:.4f}", got=f"{largest:.4f}")
            if abs(mean) > 5 * a / (3 * W.numel()) ** 0.5:
                return Finding("The weights do not have the mean 0.", name="mean", expected="about 0", got=f"{mean:.4f}")
            if abs(W.var().item() / (a * a / 3) - 1) > 0.05:
                return Finding("The weights are not uniform.", name="not-uniform", expected=f"variance {a * a / 3:.5f}", got=f"{W.var().item():.5f}")
    return None


@check("biases are 0, other parameters as they were, all trainable", part="initialise")
def others(got, ref, inputs):
    if any(bool(one.any()) for one in got["first"]["biases"]):
        return Finding("A bias is not 0.", name="biases", hint="`nn.init.zeros_(layer.bias)`, where there is one.")
    if any(not torch.equal(one, other) for one, other in zip(got["first"]["others"], ref["first"]["others"], strict=True)):
        return Finding("A parameter of a layer that is not linear has changed.", name="others-changed")
    if not all(got["first"]["trainable"]):
        return Finding("A parameter can no longer be trained.", name="not-trainable")
    return None


@check("another call, other weights", part="initialise")
def again(got, ref, inputs):
    if any(torch.equal(one, two) for one, two in zip(got["first"]["weights"], got["second"]["weights"], strict=True)):
        return Finding("Two calls gave the same weights.", name="same-again")
    return None


def moons(rng, n):
    points, labels = make_moons(n_samples=n, noise=0.1, random_state=rng.integers(0, 10**6))
    return torch.tensor(points).float(), torch.tensor(labels).float()


@cases("train")
def two_moons(rng: Rng):
    held_out, labels = moons(rng, 200)
    s = script("two moons", truth=labels)
    model = s.call("train", *moons(rng, 200), label="trained", compare=False)
    s.ask(model, held_out)
    yield s


@check("95 % of held-out points are right", part="train")
def learned(got, ref, inputs):
    said = got["held-out"]
    if not isinstance(said, torch.Tensor) or tuple(said.shape) not in ((200, 1), (200,)):
        return Finding("The model that was returned gives no number for each point.", name="no-numbers")
    right = share(said, inputs)
    if right < 0.95:
        return Finding("Too few of the held-out points are right.", name="too-few", expected="95 %", got=f"{right:.1%}")
    return None


def share(said, inputs):
    return ((said.reshape(-1) > 0.5).float() == inputs["truth"]).float().mean().item()


# --- in place -----------------------------------------------------------------------------------------------------


@alternative(part="initialise")
def with_init(model):
    for layer in model.modules():
        if isinstance(layer, nn.Linear):
            bound = torch.tensor(6.0 / (layer.in_features + layer.out_features)).sqrt().item()
            nn.init.uniform_(layer.weight, a=-bound, b=bound)
            if layer.bias is not None:
                nn.init.constant_(layer.bias, 0.0)


@alternative(part="initialise")
def by_apply(model):
    def one(layer):
        if type(layer) is nn.Linear:
            bound = (6 / sum(layer.weight.shape)) ** 0.5
            layer.weight.data = (2 * torch.rand(layer.weight.shape) - 1) * bound
            if layer.bias is not None:
                layer.bias.data.fill_(0)

    model.apply(one)


@alternative(part="initialise")
@torch.no_grad()
def copied(model):
    for module in model.modules():
        if isinstance(module, nn.Linear):
            rows, columns = module.weight.shape
            module.weight.copy_(torch.empty(rows, columns).uniform_(-1, 1) * (6 / (rows + columns)) ** 0.5)
            if module.bias is not None:
                module.bias *= 0


edit_alternative("named", part="initialise", replace=("for layer in model.modules()", "for _, layer in model.named_modules()"))
edit_alternative("root-first", part="initialise", replace=("(6 / (layer.in_features + layer.out_features)) ** 0.5", "6**0.5 / (layer.in_features + layer.out_features) ** 0.5"))

@mistake(
    "nothing-changes",
    "Binds a name to new numbers, and leaves the parameters as they were.",
    hint="`p = torch.rand(...)` gives the name p to another tensor. Change the parameter in place.",
    part="initialise",
    when=lambda got, ref, inputs: torch.equal(got["first"]["weights"][0], got["second"]["weights"][0]),
)
def nothing_changes(model):
    for parameter in model.parameters():
        parameter = torch.rand(parameter.shape)  # noqa: PLW2901


edit(
    "no-root",
    "Leaves out the root of the denominator.",
    hint="The root goes over the whole fraction.",
    part="initialise",
    replace=("(6 / (layer.in_features + layer.out_features)) ** 0.5", "6**0.5 / (layer.in_features + layer.out_features)"),
    when=lambda got, ref, inputs: got["first"]["weights"][0].abs().max().item() < 0.01,
)
edit(
    "all-positive",
    "Samples from 0 on.",
    hint="The range is from -a to a.",
    part="initialise",
    replace=("uniform_(-a, a)", "uniform_(0, a)"),
    when=lambda got, ref, inputs: got["first"]["weights"][0].min().item() >= 0,
)
edit(
    "normal",
    "Samples from a normal distribution.",
    hint="A uniform distribution is asked for.",
    part="initialise",
    replace=("uniform_(-a, a)", "normal_(0, a / 3**0.5)"),
    when=lambda got, ref, inputs: got["first"]["weights"][0].abs().max().item() > 0.1,
)
edit(
    "deviation-for-bound",
    "Takes the standard deviation for the bound.",
    hint="A uniform distribution on [-a, a] has the standard deviation a over the root of 3.",
    part="initialise",
    replace=("(6 / (layer", "(2 / (layer"),
    when=lambda got, ref, inputs: 0.04 < got["first"]["weights"][0].abs().max().item() < 0.055,
)
edit(
    "biases-kept",
    "Leaves the biases as they were.",
    hint="The biases begin at 0.",
    part="initialise",
    replace=("layer.bias.zero_()", "pass"),
    when=lambda got, ref, inputs: any(bool(one.any()) for one in got["first"]["biases"]),
)


# --- training -----------------------------------------------------------------------------------------------------


@alternative(part="train")
def with_sgd(X, Y):
    model = nn.Sequential(nn.Linear(2, 10), nn.ReLU(), nn.Linear(10, 10), nn.ReLU(), nn.Linear(10, 1), nn.Sigmoid())
    xavier_init_(model)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.5, momentum=0.9)
    for _ in range(600):
        optimizer.zero_grad()
        nn.BCELoss()(model(X), Y[:, None]).backward()
        optimizer.step()
    return model


edit_alternative("more-steps", part="train", replace=("range(300)", "range(600)"))

edit(
    "uphill",
    "Climbs instead of descending, and gets nearly everything wrong.",
    hint="The cost must fall. Has a sign been lost?",
    part="train",
    replace=(".backward()", ".neg().backward()"),
    when=lambda got, ref, inputs: share(got["held-out"], inputs) < 0.4,
)
edit(
    "constant-start",
    "Ends where a single neuron would: a straight line between the moons.",
    hint="Do all neurons of a layer begin alike? Or are there too few steps?",
    part="train",
    replace=("    xavier_init_(model)\n", "    for one in model.parameters():\n        nn.init.constant_(one, 0.1)\n"),
    when=lambda got, ref, inputs: 0.7 < share(got["held-out"], inputs) < 0.95,
)


@mistake(
    "untrained",
    "Has not learned what separates the moons: it does little better than chance.",
    hint="Are the parameters changed, in enough steps, and do outputs and labels have the same size?",
    part="train",
    when=lambda got, ref, inputs: True,
)
def untrained(X, Y):
    model = nn.Sequential(nn.Linear(2, 10), nn.ReLU(), nn.Linear(10, 10), nn.ReLU(), nn.Linear(10, 1), nn.Sigmoid())
    for one in model.parameters():
        nn.init.zeros_(one)
    return model
