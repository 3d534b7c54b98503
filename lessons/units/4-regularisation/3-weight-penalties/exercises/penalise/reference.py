"""Half the sum of squares of the linear layers, and what it does to a training."""

import torch
from torch import nn
from torch.nn.functional import mse_loss
from tutor import live

from grader.spec import Finding, Rng, alternative, case, cases, check, edit, edit_alternative, fixture, mistake, script


def penalty(model, lam, include_bias):
    sizes = [one.square().sum() for one in chosen(model, include_bias)]
    return lam * sum(sizes, torch.zeros((), dtype=torch.float64)) / 2


def chosen(model, include_bias):
    found = []
    for layer in model.modules():
        if isinstance(layer, nn.Linear):
            found.append(layer.weight)
            if include_bias and layer.bias is not None:
                found.append(layer.bias)
    return found


def train(model, X, Y, lam, include_bias, lr, steps):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    errors = []
    for step in range(steps + 1):
        optimizer.zero_grad()
        error = mse_loss(model(X), Y)
        errors.append(error.item())
        live.log({"error": errors[-1]}, step=step)
        if step < steps:
            cost = error + penalty(model, lam, include_bias)
            cost.backward()
            optimizer.step()
    return errors


def best_constant(y, lam):
    return (y.mean() / (1 + lam / 2)).item()


# --- cases --------------------------------------------------------------------------------------------------------

LAYERS = {
    "flat": [(7, 3), (7,), (1, 7), (1,)],
    "normalised": [(5, 3), (5,), (5,), (5,), (1, 5), (1,)],
    "nested": [(5, 3), (5,), (3, 5), (3,), (3,), (6, 3), (6,), (6,), (6,)],
}


@cases("penalty")
def models(rng: Rng):
    for kind, include_bias in (("flat", False), ("flat", True), ("normalised", False), ("normalised", True), ("nested", False), ("nested", True)):
        s = script(f"{kind}, {'biases too' if include_bias else 'weights only'}", rtol=1e-9)
        model = s.spy(fixture("model"), kind)
        s.set(model, [rng.normal(*size, dtype=torch.float64) for size in LAYERS[kind]])
        result = s.call("penalty", model, round(rng.uniform(low=0.2, high=2.0), 3), include_bias, label="penalty")
        s.backward(of=result)
        s.grads(model)
        yield s
    s = script("no linear layer", canonical=plain_number)
    s.call("penalty", s.spy(fixture("model"), "none"), 0.5, True, label="penalty")
    yield s
    s = script("lambda 0", rtol=1e-9, canonical=plain_number)
    model = s.spy(fixture("model"), "flat")
    s.call("penalty", model, 0.0, True, label="penalty")
    yield s


def plain_number(result):
    return float(result) if isinstance(result, int | float | torch.Tensor) and getattr(result, "ndim", 0) == 0 else result


def plain(result):
    """The list as a tensor, whether it holds numbers or tensors with one number; anything else as it is."""
    try:
        return torch.tensor([float(one) for one in result], dtype=torch.float64) if isinstance(result, list | tuple) else result
    except (TypeError, ValueError, RuntimeError):
        return result


@cases("train")
def trainings(rng: Rng):
    for lam, include_bias, steps in ((0.3, False, 5), (0.3, True, 5), (0.0, False, 3), (1.5, True, 7), (0.4, False, 0)):
        s = script(f"lambda {lam}, {'biases too' if include_bias else 'weights only'}, {steps} steps", canonical=plain, rtol=1e-8)
        sizes = ((5, 3), (5,), (1, 5), (1,))
        model = s.spy(fixture("regression"), *[rng.normal(*size, dtype=torch.float64) for size in sizes])
        X, Y = rng.normal(11, 3, dtype=torch.float64), rng.normal(11, 1, dtype=torch.float64)
        s.call("train", model, X, Y, lam, include_bias, 0.05, steps, label="errors")
        s.state_dict(model)
        yield s


def number(value):
    """A number or a tensor without dimensions, as a float."""
    return float(value) if isinstance(value, int | float) or value.dim() == 0 else value


@cases("constant")
def constants(rng: Rng):
    for n, lam in ((7, 0.3), (3, 1.0), (30, 0.0), (11, 50.0), (100, round(rng.uniform(low=0.5, high=3.0), 3))):
        y = rng.normal(n, mean=1.5, dtype=torch.float64)
        yield case(y=y, lam=lam, label=f"{n} points, lambda {lam}", rtol=1e-9, canonical=number)


# --- the penalty --------------------------------------------------------------------------------------------------


@alternative(part="penalty")
def in_a_loop(model, lam, include_bias):
    size = 0.0
    for layer in model.modules():
        if isinstance(layer, nn.Linear):
            size = size + (layer.weight**2).sum()
            if include_bias and layer.bias is not None:
                size = size + (layer.bias**2).sum()
    return lam / 2 * torch.as_tensor(size, dtype=torch.float64)


@alternative(part="penalty")
def by_names(model, lam, include_bias):
    total = torch.tensor(0.0).double()
    for name, layer in model.named_modules():
        if type(layer) is nn.Linear:
            for kind, parameter in layer.named_parameters():
                if kind == "weight" or include_bias:
                    total = total + 0.5 * lam * torch.sum(parameter * parameter)
    return total


@alternative(part="penalty")
def as_one_vector(model, lam, include_bias):
    vectors = [torch.zeros(1, dtype=torch.float64)]
    for layer in model.modules():
        if isinstance(layer, nn.Linear):
            vectors += [one.flatten() for one in (layer.parameters() if include_bias else [layer.weight])]
    everything = torch.cat(vectors)
    return lam * (everything @ everything) / 2


@alternative(part="penalty")
def by_norms(model, lam, include_bias):
    total = torch.zeros((), dtype=torch.float64)
    for one in chosen(model, include_bias):
        total += torch.linalg.vector_norm(one) ** 2 * (lam / 2)
    return total


@alternative(part="penalty")
def by_recursion(model, lam, include_bias):
    if isinstance(model, nn.Linear):
        own = [model.weight] + ([model.bias] if include_bias and model.bias is not None else [])
        return sum(one.pow(2).sum() for one in own) * lam / 2
    return sum((by_recursion(child, lam, include_bias) for child in model.children()), torch.zeros((), dtype=torch.float64))


edit(
    "no-half",
    "Leaves out the half.",
    hint="The penalty is lambda *over 2* times the sum of squares.",
    part="penalty",
    replace=(" / 2", ""),
)
edit(
    "not-squared",
    "Takes the root of the sums of squares.",
    hint="The squares are added up, and no root is taken.",
    part="penalty",
    replace=("one.square().sum()", "one.norm()"),
)
edit(
    "absolute-values",
    "Takes absolute values.",
    hint="Squares are asked for here; the absolute values come later.",
    part="penalty",
    replace=("one.square().sum()", "one.abs().sum()"),
)
edit(
    "mean",
    "Takes means instead of sums.",
    hint="All squares are added up. A mean would treat the weights of a large layer more kindly than those of a small one.",
    part="penalty",
    replace=("one.square().sum()", "one.square().mean()"),
)
edit(
    "no-gradient",
    "Gives a number without a gradient.",
    hint="`.item()`, `.data`, `.detach()` and `no_grad` cut the graph. Without it the penalty is a number that no gradient comes from.",
    part="penalty",
    replace=("one.square().sum()", "one.detach().square().sum()"),
)
edit(
    "always-biases",
    "Penalises the biases even where they should be left alone.",
    hint="What does `include_bias` say?",
    part="penalty",
    replace=("chosen(model, include_bias)", "chosen(model, True)"),
)
edit(
    "never-biases",
    "Never penalises the biases.",
    hint="What does `include_bias` say?",
    part="penalty",
    replace=("chosen(model, include_bias)", "chosen(model, False)"),
)
edit(
    "first-level-only",
    "Finds the linear layers of the first level only.",
    hint="Linear layers may lie deep inside other modules. `model.modules()` finds them all.",
    part="penalty",
    of=chosen,
    replace=("model.modules()", "model.children()"),
)


@mistake(
    "normalisation-too",
    "Penalises the parameters of normalisation layers too.",
    hint="The name `weight` is not enough: normalisation layers have one. `isinstance(layer, nn.Linear)` tells them apart.",
    part="penalty",
)
def by_the_name_of_the_parameter(model, lam, include_bias):
    total = torch.zeros((), dtype=torch.float64)
    for name, parameter in model.named_parameters():
        if name.endswith("weight") or (include_bias and name.endswith("bias")):
            total = total + parameter.square().sum()
    return lam / 2 * total


# --- training -----------------------------------------------------------------------------------------------------


@alternative(part="train")
def noted_first(model, X, Y, lam, include_bias, lr, steps):
    optimizer, errors = torch.optim.SGD(model.parameters(), lr=lr), []
    for _ in range(steps):
        error = mse_loss(model(X), Y)
        optimizer.zero_grad()
        (error + penalty(model, lam, include_bias)).backward()
        optimizer.step()
        errors.append(error.item())
    return [*errors, mse_loss(model(X), Y).item()]


@alternative(part="train")
def by_hand(model, X, Y, lam, include_bias, lr, steps):
    errors = [(model(X) - Y).square().mean()]
    for _ in range(steps):
        parameters = list(model.parameters())
        slopes = torch.autograd.grad(errors[-1] + penalty(model, lam, include_bias), parameters)
        with torch.no_grad():
            for parameter, slope in zip(parameters, slopes, strict=True):
                parameter -= lr * slope
        errors.append((model(X) - Y).square().mean())
    return [error.detach() for error in errors]


@alternative(part="train")
def by_the_optimiser(model, X, Y, lam, include_bias, lr, steps):
    decayed = chosen(model, include_bias)
    ids = {id(one) for one in decayed}
    rest = [one for one in model.parameters() if id(one) not in ids]
    optimizer = torch.optim.SGD([{"params": decayed, "weight_decay": lam}, {"params": rest}], lr=lr)
    errors = []
    for step in range(steps + 1):
        optimizer.zero_grad()
        error = mse_loss(model(X), Y)
        errors.append(error.item())
        if step < steps:
            error.backward()
            optimizer.step()
    return errors


@alternative(part="train")
def two_backward_passes(model, X, Y, lam, include_bias, lr, steps):
    optimizer, loss_function, errors = torch.optim.SGD(model.parameters(), lr), nn.MSELoss(), []
    for _ in range(steps):
        model.zero_grad()
        error = loss_function(model(X), Y)
        error.backward()
        penalty(model, lam, include_bias).backward()
        optimizer.step()
        errors.append(error.detach().item())
    errors.append(loss_function(model(X), Y).detach().item())
    return errors


edit_alternative("cleared-through-the-model", part="train", replace=("optimizer.zero_grad()", "model.zero_grad(set_to_none=True)"))

edit(
    "with-the-penalty",
    "Notes the cost with the penalty.",
    hint="The penalty belongs to the training. How good the predictions are is said by the error alone.",
    part="train",
    replace=("errors.append(error.item())", "errors.append((error + penalty(model, lam, include_bias)).item())"),
)
edit(
    "no-penalty",
    "Trains without the penalty, or with a penalty that has no gradient.",
    hint="`backward()` must be called on the error plus the penalty. `.item()` would cut the penalty's graph, so that nothing decays.",
    part="train",
    replace=("error + penalty(model, lam, include_bias)", "error"),
)
edit(
    "penalty-without-gradient",
    "Trains without the penalty, or with a penalty that has no gradient.",
    hint="`backward()` must be called on the error plus the penalty. `.item()` would cut the penalty's graph, so that nothing decays.",
    part="train",
    replace=("penalty(model, lam, include_bias)", "penalty(model, lam, include_bias).item()"),
)
edit(
    "penalised-twice",
    "Counts the penalty twice.",
    hint="A penalty in the cost is enough. Is lambda multiplied once more, or is there a `weight_decay` besides?",
    part="train",
    replace=("penalty(model, lam, include_bias)", "2 * penalty(model, lam, include_bias)"),
)
edit(
    "gradients-add-up",
    "Never clears the gradients.",
    hint="`backward()` adds to `.grad`. Clear it in every step.",
    part="train",
    replace=("        optimizer.zero_grad()\n", ""),
)
edit(
    "last-error-missing",
    "Leaves out the error after the last step.",
    hint="There are steps + 1 numbers: one before each step, and one at the end.",
    part="train",
    replace=("return errors", "return errors[:-1]"),
)
edit(
    "once-outside",
    "Computes the penalty once, before the loop.",
    hint="The penalty depends on the weights, so it must be computed again in each step. A graph can be gone through once only.",
    part="train",
    replace=[("    errors = []\n", "    errors, once = [], penalty(model, lam, include_bias)\n"), ("error + penalty(model, lam, include_bias)", "error + once")],
)

# --- a single bias ------------------------------------------------------------------------------------------------

edit_alternative("as-written", part="constant", replace=("(y.mean() / (1 + lam / 2)).item()", "2 * y.mean().item() / (2 + lam)"))
edit_alternative("as-a-tensor", part="constant", replace=("(y.mean() / (1 + lam / 2)).item()", "2 * y.mean() / (2 + lam)"))
edit_alternative("by-the-sum", part="constant", replace=("(y.mean() / (1 + lam / 2)).item()", "float(y.sum() / (len(y) + lam * len(y) / 2))"))
edit_alternative("factor", part="constant", replace=("(y.mean() / (1 + lam / 2)).item()", "(2 / (2 + lam)) * (sum(y.tolist()) / len(y))"))
edit_alternative("what-is-lost", part="constant", replace=("(y.mean() / (1 + lam / 2)).item()", "float(y.mean() - lam / (2 + lam) * y.mean())"))

edit(
    "mean",
    "Leaves out the penalty.",
    hint="The mean has the lowest error. The penalty pulls it towards 0.",
    part="constant",
    replace=(" / (1 + lam / 2)", ""),
)
edit(
    "half-forgotten",
    "Forgets the 2 of the error's derivative.",
    hint="The derivative of the squares has a 2, that of the penalty has none, because of the half in front of it.",
    part="constant",
    replace=("lam / 2", "lam"),
)
edit(
    "sum",
    "Takes the sum of squares instead of the mean.",
    hint="The error is a mean: 2/N times the sum of differences.",
    part="constant",
    replace=("(1 + lam / 2)", "(1 + lam / 2 / len(y))"),
)
edit(
    "shifted",
    "Shifts the mean by a fixed amount.",
    hint="The derivative of a square is proportional to b.",
    part="constant",
    replace=("y.mean() / (1 + lam / 2)", "y.mean() - lam / 2"),
)

edit(
    "penalty-times-n",
    "Lets the penalty grow with the number of points.",
    hint="The mean divides the squares by N; the penalty is not divided.",
    part="constant",
    replace=("lam / 2", "lam * len(y) / 2"),
)
edit(
    "another-optimiser",
    "Trains with another optimiser than plain SGD.",
    hint="`torch.optim.SGD(model.parameters(), lr=lr)`.",
    part="train",
    replace=("torch.optim.SGD(model", "torch.optim.Adam(model"),
)

edit(
    "lambda-forgotten",
    "Leaves out lambda.",
    hint="The penalty is lambda / 2 times the sum of squares.",
    part="penalty",
    replace=("lam * sum", "sum"),
)
