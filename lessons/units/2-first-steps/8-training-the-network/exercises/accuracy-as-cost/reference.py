"""Accuracy, the stage at which it fails as a cost, and its slopes, which are 0."""

import torch

from grader.spec import Finding, Rng, alternative, cases, check, edit, fixture, mistake, plural, script


def accuracy(model, x, labels):
    return (model(x).argmax(dim=1) == labels).float().mean()


def failing_step(model, x, labels):
    stage = "forward"
    try:
        output = model(x)
        stage = "cost"
        cost = 1 - (output.argmax(dim=1) == labels).float().mean()
        stage = "backward"
        cost.backward()
        stage = "update"
        with torch.no_grad():
            for parameter in model.parameters():
                parameter -= 0.1 * parameter.grad
    except Exception:
        return stage
    return "none"


def differences(model, x, labels, step):
    return slopes(model, x, labels, step)


@torch.no_grad()
def slopes(model, x, labels, step):
    weight = model[0].weight
    before = accuracy(model, x, labels)
    result = torch.zeros_like(weight)
    for i in range(weight.shape[0]):
        for j in range(weight.shape[1]):
            old = weight[i, j].item()
            weight[i, j] += step
            result[i, j] = accuracy(model, x, labels) - before
            weight[i, j] = old
    return result / step


def single(value):
    """The share as a tensor of float64 without dimensions, also where it comes as a Python number."""
    if isinstance(value, float | int):
        return torch.tensor(float(value)).double()
    if isinstance(value, torch.Tensor) and value.dim() == 0 and value.dtype != torch.bool:
        return value.detach().double()
    return value


def pictures(rng: Rng, n, M, K):
    return rng.uniform(n, M), rng.integers(0, K, n)


def linear(s, rng: Rng, M, K, dtype=torch.float32):
    return s.spy(fixture("network"), rng.normal(K, M, dtype=dtype), rng.normal(K, dtype=dtype))


@cases("accuracy")
def shares(rng: Rng):
    for n, M, K in ((23, 7, 3), (101, 5, 10), (1, 3, 5)):
        s = script(f'{plural(n, "picture")}, {plural(K, "class", "classes")}', rtol=1e-5, canonical=single)
        x, labels = pictures(rng, n, M, K)
        s.call("accuracy", linear(s, rng, M, K), x, labels, label="accuracy")
        yield s


@cases("stage")
def iterations(rng: Rng):
    s = script("suitable pictures and labels")
    s.call("failing_step", linear(s, rng, 7, 3), *pictures(rng, 23, 7, 3), label="stage")
    yield s
    s = script("pictures of bytes")
    x, labels = pictures(rng, 23, 7, 3)
    s.call("failing_step", linear(s, rng, 7, 3), (255 * x).to(torch.uint8), labels, label="stage")
    yield s
    s = script("more labels than pictures")
    x, _ = pictures(rng, 11, 7, 3)
    s.call("failing_step", linear(s, rng, 7, 3), x, rng.integers(0, 3, 13), label="stage")
    yield s
    s = script("pictures of another size")
    s.call("failing_step", linear(s, rng, 7, 3), *pictures(rng, 23, 5, 3), label="stage")
    yield s
    s = script("a deep network")
    model = s.spy(fixture("deep_network"), rng.normal(5, 7), rng.normal(3, 5))
    s.call("failing_step", model, *pictures(rng, 23, 7, 3), label="stage")
    yield s


@cases("differences")
def steps(rng: Rng):
    for step, M, K in ((2.0, 5, 3), (1e-7, 7, 3), (-1.5, 3, 5)):
        s = script(f"step {step:g}", rtol=1e-4, atol=1e-5, canonical=in_double)
        model = linear(s, rng, M, K, torch.float64)
        x, labels = rng.normal(41, M, dtype=torch.float64), rng.integers(0, K, 41)
        s.call("differences", model, x, labels, step, label="differences")
        s.state_dict(model)
        yield s


def in_double(value):
    return value.detach().double() if isinstance(value, torch.Tensor) else value


@check("a stage by its name", part="stage")
def named(got, ref, inputs):
    if got["stage"] in ("forward", "cost", "backward", "update", "none"):
        return None
    return Finding('One of "forward", "cost", "backward", "update" and "none" is expected.', name="no-stage")


# --- accuracy -----------------------------------------------------------------------------------------------------


@alternative(part="accuracy")
def counted(model, x, labels):
    right = sum(int(row.argmax()) == int(label) for row, label in zip(model(x), labels, strict=True))
    return torch.tensor(right / len(labels))


@alternative(part="accuracy")
def by_max(model, x, labels):
    _, places = torch.max(model(x), dim=1)
    return torch.eq(places, labels).sum() / len(labels)


@alternative(part="accuracy")
def of_probabilities(model, x, labels):
    with torch.no_grad():
        y = model(x).exp()
    return torch.mean((torch.argmax(y, 1) == labels).double())


@alternative(part="accuracy")
def as_a_number(model, x, labels):
    return ((model(x).argmax(1) - labels) == 0).float().mean().item()


@alternative(part="accuracy")
def by_topk(model, x, labels):
    return 1 - (model(x).topk(1, dim=1).indices.squeeze(1) != labels).float().mean()


edit(
    "count",
    "Counts the right ones without dividing.",
    hint="A share lies between 0 and 1. Divide by the number of pictures.",
    part="accuracy",
    replace=("mean()", "sum()"),
)
edit(
    "over-pictures",
    "Takes the largest entry of each column.",
    hint="Each row is a picture and each column a class. Along which dimension do you look for the largest?",
    part="accuracy",
    replace=("dim=1", "dim=0"),
)
edit(
    "share-of-errors",
    "Gives the share of wrong ones.",
    hint="That is the share of mistakes. One minus it is the accuracy.",
    part="accuracy",
    replace=("== labels", "!= labels"),
)


@mistake(
    "percent",
    "Gives percent.",
    hint="A share lies between 0 and 1; yours goes up to 100.",
    part="accuracy",
)
def percent(model, x, labels):
    return 100 * accuracy(model, x, labels)


edit(
    "least-probable",
    "Takes the least probable class.",
    hint="Logarithms of probabilities are negative. The most probable class still has the largest one.",
    part="accuracy",
    replace=("argmax", "argmin"),
)


# --- the stage ----------------------------------------------------------------------------------------------------


@alternative(part="stage")
def four_times_try(model, x, labels):
    try:
        output = model(x)
    except RuntimeError:
        return "forward"
    try:
        cost = 1 - (output.argmax(1) == labels).sum() / len(labels)
    except RuntimeError:
        return "cost"
    try:
        cost.backward()
    except RuntimeError:
        return "backward"
    try:
        for parameter in model.parameters():
            parameter.data -= 0.1 * parameter.grad
    except (RuntimeError, TypeError):
        return "update"
    return "none"


@alternative(part="stage")
def with_an_optimiser(model, x, labels):
    optimiser = torch.optim.SGD(model.parameters(), lr=0.1)
    optimiser.zero_grad()
    done = []
    try:
        y = model(x)
        done.append("forward")
        cost = 1 - torch.mean((torch.argmax(y, dim=1) == labels).float())
        done.append("cost")
        cost.backward()
        done.append("backward")
        optimiser.step()
    except Exception:
        return ["forward", "cost", "backward", "update"][len(done)]
    return "none"


@alternative(part="stage")
def in_a_loop(model, x, labels):
    kept = {}

    def forward():
        kept["output"] = model(x)

    def cost():
        kept["cost"] = 1 - (kept["output"].max(dim=1).indices == labels).double().mean()

    def backward():
        kept["cost"].backward()

    def update():
        torch.optim.SGD(model.parameters(), lr=0.1).step()

    for stage in (forward, cost, backward, update):
        try:
            stage()
        except Exception:
            return stage.__name__
    return "none"


@alternative(part="stage")
def with_a_generator(model, x, labels):
    def iteration():
        yield "forward"
        output = model(x)
        yield "cost"
        cost = (output.argmax(dim=1) != labels).float().mean()
        yield "backward"
        cost.backward()
        yield "update"
        with torch.no_grad():
            for parameter in model.parameters():
                parameter.sub_(parameter.grad, alpha=0.1)
        yield "none"

    reached = "forward"
    try:
        for stage in iteration():
            reached = stage
    except Exception:
        pass
    return reached


@alternative(part="stage")
def with_finally(model, x, labels):
    stage = "none"
    try:
        stage = "forward"
        predicted = model(x).exp()
        stage = "cost"
        cost = torch.ones(()) - predicted.argmax(dim=-1).eq(labels).float().mean(dim=0)
        stage = "backward"
        cost.backward()
        stage = "none"
    except Exception as error:
        print(f"{type(error).__name__}: {error}")
    return stage


@mistake(
    "always-backward",
    "Says backward whatever happens.",
    hint="With pictures of bytes it fails earlier. Let your function find out, stage by stage.",
    part="stage",
)
def always_backward(model, x, labels):
    return "backward"


edit(
    "forced",
    "Forces the cost to require a gradient.",
    hint="With `requires_grad_` the failure is only hidden: the parameters get no gradient. Leave the force out.",
    part="stage",
    replace=("cost.backward()", "cost.requires_grad_().backward()"),
)


@mistake(
    "cross-entropy-kept",
    "Computes the cross entropy, which never fails here.",
    hint="The cost of this experiment is 1 - accuracy. Yours is a cost that can be differentiated.",
    part="stage",
)
def cross_entropy_kept(model, x, labels):
    try:
        output = model(x)
    except Exception:
        return "forward"
    try:
        cost = torch.nn.functional.nll_loss(output, labels)
    except Exception:
        return "cost"
    cost.backward()
    return "none"


@mistake(
    "exception-returned",
    "Returns the exception instead of the stage.",
    hint="Return the name of the stage as a string, not the exception.",
    part="stage",
)
def exception_returned(model, x, labels):
    try:
        (1 - (model(x).argmax(dim=1) == labels).float().mean()).backward()
    except Exception as error:
        return type(error).__name__
    return "none"


@mistake(
    "uncaught",
    "Lets the exception out.",
    hint="The exception must be caught: put each stage into a `try`, and return its name in the `except`.",
    part="stage",
)
def uncaught(model, x, labels):
    (1 - accuracy(model, x, labels)).backward()
    return "none"


@mistake(
    "stage-before",
    "Names the last stage that worked.",
    hint="You name the stage before the one that fails. Set the name before you try the stage.",
    part="stage",
)
def stage_before(model, x, labels):
    before = {"forward": "none", "cost": "forward", "backward": "cost", "none": "none"}
    return before[failing_step(model, x, labels)]


# --- the slopes ---------------------------------------------------------------------------------------------------


@alternative(part="differences")
def on_a_copy(model, x, labels, step):
    import copy

    weight, before = model[0].weight, accuracy(model, x, labels).item()
    rows = []
    for place in range(weight.numel()):
        other = copy.deepcopy(model)
        with torch.no_grad():
            other[0].weight.view(-1)[place] += step
        rows.append((accuracy(other, x, labels).item() - before) / step)
    return torch.tensor(rows).reshape(weight.shape)


@alternative(part="differences")
def by_data(model, x, labels, step):
    weight = model[0].weight.data
    before = accuracy(model, x, labels)
    result = torch.empty(*weight.shape)
    for i, j in torch.cartesian_prod(torch.arange(weight.shape[0]), torch.arange(weight.shape[1])).tolist():
        weight[i, j] += step
        result[i, j] = (accuracy(model, x, labels) - before) / step
        weight[i, j] -= step
    return result


@alternative(part="differences")
def from_the_scores(model, x, labels, step):
    """A weight moves one score: no model is changed at all."""
    with torch.no_grad():
        z = model[0](x)
        before = (z.argmax(1) == labels).double().mean()
        result = torch.zeros_like(model[0].weight)
        for i in range(z.shape[1]):
            for j in range(x.shape[1]):
                moved = z.clone()
                moved[:, i] += step * x[:, j]
                result[i, j] = ((moved.argmax(1) == labels).double().mean() - before) / step
    return result


@alternative(part="differences")
def functional(model, x, labels, step):
    weight = model[0].weight.detach()

    def share(changed):
        output = torch.func.functional_call(model, {"0.weight": changed}, (x,))
        return (output.argmax(1) == labels).double().mean()

    bumps = step * torch.eye(weight.numel(), dtype=weight.dtype).reshape(-1, *weight.shape)
    return torch.stack([(share(weight + bump) - share(weight)) / step for bump in bumps]).reshape(weight.shape)


@alternative(part="differences")
def state_put_back(model, x, labels, step):
    state = {name: value.clone() for name, value in model.state_dict().items()}
    before = accuracy(model, x, labels).double()
    K, M = model[0].weight.shape
    rows = []
    for i in range(K):
        row = []
        for j in range(M):
            with torch.no_grad():
                model[0].weight[i, j].add_(step)
            row.append((accuracy(model, x, labels).double() - before) / step)
            model.load_state_dict(state)
        rows.append(torch.stack(row))
    return torch.stack(rows)


edit(
    "never-restored",
    "Leaves the weights changed.",
    hint="One weight at a time: put the old value back before you change the next one.",
    part="differences",
    of=slopes,
    replace=("weight[i, j] = old", ""),
)
edit(
    "not-divided",
    "Does not divide by the step.",
    hint="Differences are divided by the step. For a large one the factor is easy to see.",
    part="differences",
    of=slopes,
    replace=("result / step", "result"),
)
edit(
    "before-minus-after",
    "Subtracts in the other order.",
    hint="After minus before: where the accuracy grows, the entry is positive.",
    part="differences",
    of=slopes,
    replace=("accuracy(model, x, labels) - before", "before - accuracy(model, x, labels)"),
)


@mistake(
    "row-at-once",
    "Changes a whole row of weights at once.",
    hint="All entries of a row of your result are the same. Change one entry of the weights at a time.",
    part="differences",
)
@torch.no_grad()
def row_at_once(model, x, labels, step):
    weight, before = model[0].weight, accuracy(model, x, labels)
    result = torch.zeros_like(weight)
    for i in range(len(weight)):
        weight[i] += step
        result[i] = (accuracy(model, x, labels) - before) / step
        weight[i] -= step
    return result


@mistake(
    "pixels-first",
    "Has the pixels in the rows.",
    hint="The result has the size of the weights: a row for each class, a column for each pixel.",
    part="differences",
)
def pixels_first(model, x, labels, step):
    return slopes(model, x, labels, step).T.contiguous()


@mistake(
    "zeros-believed",
    "Returns zeros without measuring.",
    hint="For a tiny step all entries are 0. For a large one they are not: measure them.",
    part="differences",
)
def zeros_believed(model, x, labels, step):
    return torch.zeros_like(model[0].weight)


@mistake(
    "entry-not-restored",
    "Leaves each entry changed while it goes on to the next.",
    hint="One entry at a time: put the old value back before you change the next one.",
    part="differences",
)
@torch.no_grad()
def entry_not_restored(model, x, labels, step):
    weight, result = model[0].weight, torch.zeros_like(model[0].weight)
    for i in range(weight.shape[0]):
        for j in range(weight.shape[1]):
            before = accuracy(model, x, labels)
            weight[i, j] += step
            result[i, j] = (accuracy(model, x, labels) - before) / step
    return result
