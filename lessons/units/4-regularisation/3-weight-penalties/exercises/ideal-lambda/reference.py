"""A penalty of absolute values, and a sweep that is judged on a third set."""

import math

import torch
from torch import nn
from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy
from tutor import live

from grader.spec import Finding, Rng, alternative, cases, check, edit, edit_alternative, fixture, mistake, script


def l1_penalty(model, lam):
    weights = [layer.weight.flatten() for layer in model.modules() if isinstance(layer, nn.Linear)]
    return lam * torch.cat(weights).abs().sum()


def choose(X, Y, X_val, Y_val, lams):
    models = [trained(X, Y, lam) for lam in lams]
    val = [cost_of(model, X_val, Y_val) for model in models]
    for step, cost in enumerate(val):
        live.log({"val/cost": cost}, step=step)
    best = val.index(min(val))
    return lams[best], models[best], val


def trained(X, Y, lam):
    model = nn.Linear(X.shape[1], 1).double()
    optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
    for _ in range(500):
        optimizer.zero_grad()
        (cross_entropy(model(X).squeeze(1), Y) + l1_penalty(model, lam)).backward()
        optimizer.step()
    return model


@torch.no_grad()
def cost_of(model, X, Y):
    return cross_entropy(model(X).squeeze(1), Y).item()


# --- cases --------------------------------------------------------------------------------------------------------

LAYERS = {
    "flat": [(7, 3), (7,), (1, 7), (1,)],
    "normalised": [(5, 3), (5,), (5,), (5,), (1, 5), (1,)],
    "nested": [(5, 3), (5,), (3, 5), (3,), (3,), (6, 3), (6,), (6,), (6,)],
}
LAMS = [0.003, 0.01, 0.03, 0.1, 0.3]


@cases("penalty")
def models(rng: Rng):
    for kind in LAYERS:
        s = script(kind, rtol=1e-9)
        model = s.spy(fixture("model"), kind)
        values = [rng.normal(*size, dtype=torch.float64) for size in LAYERS[kind]]
        values[0][0, 0] = 0.0
        s.set(model, values)
        result = s.call("l1_penalty", model, round(rng.uniform(low=0.2, high=2.0), 3), label="penalty")
        s.backward(of=result)
        s.grads(model)
        yield s


def samples(rng: Rng, n, w):
    X = rng.normal(n, 40, dtype=torch.float64)
    return X, (rng.uniform(n, dtype=torch.float64) < torch.sigmoid(X @ w + 0.5)).double()


@cases("choose")
def sweeps(rng: Rng):
    w = torch.zeros(40, dtype=torch.float64)
    w[rng.permutation(40)[:3]] = torch.tensor([2.5, -2.5, 2.0], dtype=torch.float64)
    third, labels = samples(rng, 2000, w)
    s = script("three numbers out of forty", weight=0, truth=labels)
    result = s.call("choose", *samples(rng, 100, w), *samples(rng, 200, w), LAMS, label="sweep", compare=False)
    model = s.item(result, 1, label="the model", compare=False)
    s.ask(model, third)
    yield s


@check("the validation costs", part="choose")
def measured(got, ref, inputs):
    said = got["sweep"]
    if not isinstance(said, tuple | list) or len(said) != 3:
        return Finding("A λ, a model and a list are expected.", name="not-three")
    try:
        lam, val = float(said[0]), [float(one) for one in said[2]]
    except (TypeError, ValueError, RuntimeError):
        return Finding("The λ and the costs must be numbers.", name="no-numbers")
    if len(val) != len(LAMS):
        return Finding("There must be one validation cost for each λ.", name="not-five", expected=str(len(LAMS)), got=str(len(val)))
    for one, mine, theirs in zip(LAMS[1:], val[1:], ref["sweep"][2][1:], strict=True):
        if not abs(mine - theirs) < 0.03:
            return Finding(f"The validation cost for {one} is different.", name="other-costs", expected=f"{theirs:.3f}", got=f"{mine:.3f}")
    if not math.isclose(lam, LAMS[val.index(min(val))], rel_tol=1e-6):
        return Finding("The λ is not the one with the lowest of your validation costs.", name="not-lowest", expected=f"{LAMS[val.index(min(val))]}", got=f"{lam}")
    return None


@check("the cost of the third set is below 0.55", part="choose")
def generalises(got, ref, inputs):
    scores = got["held-out"]
    if not isinstance(scores, torch.Tensor) or tuple(scores.shape) != (2000, 1):
        return Finding("The model does not give a column of scores.", name="no-scores")
    cost = cross_entropy(scores.squeeze(1).double(), inputs["truth"]).item()
    if cost < 0.55:
        return None
    return Finding("The cost of the third set is too high.", name="too-high", expected="below 0.55", got=f"{cost:.3f}")


# --- absolute values ----------------------------------------------------------------------------------------------


@alternative(part="penalty")
def in_a_loop(model, lam):
    size = torch.zeros((), dtype=torch.float64)
    for layer in model.modules():
        if isinstance(layer, nn.Linear):
            size = size + layer.weight.abs().sum()
    return lam * size


@alternative(part="penalty")
def by_norms(model, lam):
    return sum(lam * torch.linalg.vector_norm(layer.weight, ord=1) for layer in model.modules() if type(layer) is nn.Linear)


@alternative(part="penalty")
def by_signs(model, lam):
    total = 0.0
    for _, layer in model.named_modules():
        if isinstance(layer, nn.Linear):
            total = total + (layer.weight * layer.weight.detach().sign()).sum() * lam
    return total


@alternative(part="penalty")
def two_halves(model, lam):
    parts = []
    for layer in model.modules():
        if isinstance(layer, nn.Linear):
            parts.append((lam * torch.abs(layer.weight)).sum())
    return torch.stack(parts).sum()


@alternative(part="penalty")
def by_recursion(model, lam):
    if isinstance(model, nn.Linear):
        return lam * model.weight.abs().sum()
    return sum((by_recursion(child, lam) for child in model.children()), torch.zeros((), dtype=torch.float64))


edit(
    "squares",
    "Takes squares.",
    hint="Absolute values: the gradient is lambda times the sign of the weight.",
    part="penalty",
    replace=(".abs()", ".square()"),
)
edit(
    "no-absolute-values",
    "Adds up the weights with their signs.",
    hint="Positive and negative weights would cancel. The size of each counts.",
    part="penalty",
    replace=(".abs()", ""),
)
edit(
    "no-gradient",
    "Gives a number without a gradient.",
    hint="`.item()`, `.data`, `.detach()` and `no_grad` cut the graph. Without it the penalty is a number that no gradient comes from.",
    part="penalty",
    replace=("layer.weight.flatten()", "layer.weight.detach().flatten()"),
)
edit(
    "mean",
    "Takes the mean.",
    hint="All absolute values are added up.",
    part="penalty",
    replace=(".abs().sum()", ".abs().mean()"),
)
edit(
    "halved",
    "Takes half of it.",
    hint="The half belongs to the squares.",
    part="penalty",
    replace=("return lam *", "return lam / 2 *"),
)
edit(
    "first-level-only",
    "Finds the linear layers of the first level only.",
    hint="Linear layers may lie deep inside other modules. `model.modules()` finds them all.",
    part="penalty",
    replace=("model.modules()", "model.children()"),
)


@mistake(
    "biases-too",
    "Penalises the biases too.",
    hint="The weights of the linear layers only.",
    part="penalty",
)
def biases_too(model, lam):
    return lam * sum(one.abs().sum() for layer in model.modules() if isinstance(layer, nn.Linear) for one in layer.parameters())


@mistake(
    "normalisation-too",
    "Penalises the parameters of normalisation layers too.",
    hint="The name `weight` is not enough: normalisation layers have one. `isinstance(layer, nn.Linear)` tells them apart.",
    part="penalty",
)
def by_the_name_of_the_parameter(model, lam):
    return lam * sum(one.abs().sum() for name, one in model.named_parameters() if name.endswith("weight"))


# --- a third set --------------------------------------------------------------------------------------------------


@alternative(part="choose")
def by_descent(X, Y, X_val, Y_val, lams):
    lowest, result, val = math.inf, None, []
    for lam in lams:
        model = nn.Linear(40, 1).double()
        optimizer = torch.optim.SGD(model.parameters(), lr=0.5)
        for step in range(600):
            optimizer.param_groups[0]["lr"] = 0.5 if step < 450 else 0.03
            optimizer.zero_grad()
            cost = cross_entropy(model(X)[:, 0], Y) + lam * model.weight.abs().sum()
            cost.backward()
            optimizer.step()
        val.append(cost_of(model, X_val, Y_val))
        if val[-1] < lowest:
            lowest, result = val[-1], (lam, model)
    return *result, val


@alternative(part="choose")
def by_soft_thresholds(X, Y, X_val, Y_val, lams):
    val, models = [], []
    for lam in lams:
        model = nn.Linear(40, 1, dtype=torch.float64)
        for _ in range(800):
            model.zero_grad()
            cross_entropy(model(X).flatten(), Y).backward()
            with torch.no_grad():
                model.bias -= 0.4 * model.bias.grad
                w = model.weight - 0.4 * model.weight.grad
                model.weight.copy_(w.sign() * (w.abs() - 0.4 * lam).clamp(min=0))
        models.append(model)
        val.append(cost_of(model, X_val, Y_val))
    place = min(range(len(lams)), key=val.__getitem__)
    return [lams[place], models[place], val]


edit_alternative("from-large-to-small", part="choose", replace=("[trained(X, Y, lam) for lam in lams]", "[trained(X, Y, lam) for lam in reversed(lams)][::-1]"))
edit_alternative("more-steps", part="choose", of=trained, replace=("range(500)", "range(600)"))
edit_alternative("cosine", part="choose", of=trained, replace=[
    ("    for _ in range(500):\n", "    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, 500)\n    for _ in range(500):\n"),
    ("optimizer.step()", "optimizer.step()\n        schedule.step()"),
])  # fmt: skip


def costs(got):
    return [float(one) for one in got["sweep"][2]]


edit(
    "by-the-training-cost",
    "Chooses by the training cost, or returns its costs.",
    hint="On the training set the smallest penalty always wins. The choice is made by the validation set.",
    part="choose",
    replace=("[cost_of(model, X_val, Y_val) for model in models]", "[cost_of(model, X, Y) for model in models]"),
    when=lambda got, ref, inputs: costs(got) == sorted(costs(got)) and costs(got)[0] < 0.3,
)
edit(
    "penalty-in-the-measurement",
    "Adds the penalty to the validation cost.",
    hint="The penalty belongs to the training. How good the predictions are is said by the cross entropy alone.",
    part="choose",
    replace=("cost_of(model, X_val, Y_val) for model in models", "cost_of(model, X_val, Y_val) + l1_penalty(model, lam).item() for model, lam in zip(models, lams, strict=True)"),
    when=lambda got, ref, inputs: 0.1 < costs(got)[3] - costs(ref)[3] < 0.3 and 0.01 < costs(got)[4] - costs(ref)[4] < 0.08,
)
edit(
    "highest",
    "Does not return the λ with the lowest validation cost.",
    hint="`lams[val.index(min(val))]` is the one with the lowest validation cost, and the model must be the one that was trained with it.",
    part="choose",
    replace=("val.index(min(val))", "val.index(max(val))"),
    when=lambda got, ref, inputs: measured(got, ref, inputs) is not None and measured(got, ref, inputs).name == "not-lowest",
)
edit(
    "last-model",
    "Returns the model of another λ.",
    hint="Keep the model of each λ, or the best so far. Which one do you return?",
    part="choose",
    replace=("models[best], val", "models[-1], val"),
    when=lambda got, ref, inputs: measured(got, ref, inputs) is None,
)
edit(
    "no-penalty",
    "Trains without a penalty that works: the validation cost is the same for every λ, or nearly so.",
    hint="Is the penalty a part of what `backward()` is called on? `.item()` would cut its graph.",
    part="choose",
    of=trained,
    replace=("l1_penalty(model, lam))", "l1_penalty(model, lam).item())"),
    when=lambda got, ref, inputs: costs(got)[4] > 0.8,
)
edit(
    "too-few-steps",
    "Is not trained to the end, or with another cost.",
    hint="Is the validation cost measured without the penalty, is the penalty that of absolute values, and are there enough steps? Adam with the rate 0.02 and 500 steps gets there.",
    part="choose",
    of=trained,
    replace=("range(500)", "range(20)"),
    when=lambda got, ref, inputs: measured(got, ref, inputs) is not None and measured(got, ref, inputs).name == "other-costs",
)

edit(
    "largest-weights",
    "Takes the largest weight of each layer.",
    hint="All weights count: a sum of absolute values.",
    part="penalty",
    replace=("torch.cat(weights).abs().sum()", "torch.stack([one.abs().max() for one in weights]).sum()"),
)
edit(
    "euclidean",
    "Takes the root of the sum of squares.",
    hint="A sum of absolute values, without squares.",
    part="penalty",
    replace=("torch.cat(weights).abs().sum()", "torch.cat(weights).norm()"),
)
