"""One step of gradient descent on any number of pictures, by the formula; and its time for few and for many."""

import math
import timeit

import torch
from torch.nn.functional import cross_entropy, one_hot

from grader.spec import (
    Finding,
    Rng,
    alternative,
    cases,
    check,
    edit,
    fixture,
    measured,
    mistake,
    operations,
    script,
)


def sgd_step(z, imgs, labels, alpha):
    with torch.no_grad():
        X = imgs.flatten(1)
        sums = z(X)
        error = (torch.softmax(sums, 1) - one_hot(labels, 10)) / len(X)
        z.weight.sub_(alpha * (error.T @ X))
        z.bias.sub_(alpha * error.sum(0))
        return cross_entropy(sums, labels).item()


def compare_times(images, labels):
    seconds = {}
    for name, count in (("mini-batch", 16), ("full", len(images))):
        linear, few, their = torch.nn.Linear(784, 10), images[:count], labels[:count]
        step = lambda linear=linear, few=few, their=their: plain(linear, few, their, 0.1)  # noqa: E731
        number = 20 if count == 16 else 1
        seconds[name] = min(timeit.repeat(step, number=number, repeat=4)) / number
    return seconds


def plain(z, imgs, labels, alpha, cost=cross_entropy):
    """The step as the lesson has it, by another cost where one is given."""
    z.zero_grad()
    value = cost(z(imgs.flatten(start_dim=1)), labels)
    value.backward()
    with torch.no_grad():
        for parameter in z.parameters():
            parameter -= alpha * parameter.grad
    return value.item()


@cases("step")
def steps(rng: Rng):
    for label, sizes in (
        ("a mini-batch of 16, twice", None),
        ("two mini-batches", (16, 7)),
        ("a mini-batch, and then all the data", (16, 1003)),
    ):
        s = script(label, rtol=1e-5, atol=1e-5, canonical=as_float)
        layer = s.spy(fixture("layer"), rng.uniform(10, 784, low=-1.0) / 28, rng.uniform(10, low=-1.0) / 28)
        # small enough to lead down whatever is drawn: the curvature is about 100 at most, half of the mean of |x|^2
        alpha = 0.01 if sizes is None else round(rng.uniform(low=0.02, high=0.2), 3)
        once = pictures(rng, 16)
        for number in range(2):
            given = once if sizes is None else pictures(rng, sizes[number])
            s.call("sgd_step", layer, *given, alpha, label=f"cost before step {number + 1}")
            s.state_dict(layer)
        yield s


def pictures(rng, count):
    return rng.uniform(count, 1, 28, 28), rng.integers(0, 10, count)


def as_float(value):
    """The cost as a float, also where a tensor without dimensions was returned."""
    return float(value) if isinstance(value, torch.Tensor) and value.dim() == 0 else value


@check("the cost of the same mini-batch falls", part="step", only="a mini-batch of 16, twice")
def falls(got, ref, inputs):
    before, after = float(got["cost before step 1"]), float(got["cost before step 2"])
    if after < before:
        return None
    return Finding("The cost has not fallen.", "not-fallen", expected=f"less than {before:.4g}", got=f"{after:.4g}")


@cases("times")
def runs(rng: Rng):
    # to return something earns nothing (weight=0); what is returned is for the checks
    s = script("two runs", weight=0)
    both = s.spy(fixture("many"), 20_000, rng.integers(0, 10**6))
    images, labels = (s.item(both, place, label=name, compare=False) for place, name in enumerate(("images", "labels")))
    s.call("compare_times", images, labels, label="first", compare=False)
    s.call("compare_times", images, labels, label="second", compare=False)
    s.call("compare_times", *pictures(rng, COUNTED), label="counted", observe=("work",), compare=False)
    yield s


COUNTED = 100
"""The number of pictures for which it is counted what is computed."""
RUNS = ("first", "second")


def in_form(value):
    return (
        isinstance(value, dict)
        and set(value) == {"mini-batch", "full"}
        and all(type(one) in (int, float) and math.isfinite(one) and one > 0 for one in value.values())
    )


@check("two positive numbers", part="times")
def form(got, ref, inputs):
    if not all(in_form(got[run]) for run in (*RUNS, "counted")):
        return Finding('A dict of two positive numbers is expected: {"mini-batch": ..., "full": ...}.', name="no-dict")
    return None


@check("measured anew in each run", part="times", observation=True)
def anew(got, ref, inputs):
    return Finding("Two runs took the same time to the last digit.", "not-measured") if repeated(got) else None


def repeated(got):
    """Whether both times are the same numbers in both runs; one alone may be, by chance, on a clock with coarse ticks."""
    first, second = (got[run] for run in RUNS)
    return all(first[name] == second[name] for name in ("mini-batch", "full"))


@check("a full step takes more than twenty times as long", part="times", observation=True)
def slower(got, ref, inputs):
    if not all(in_form(got[run]) for run in RUNS):
        return Finding("This can only be said of two positive numbers.")
    found = ratio(got)
    if found <= 20:
        return Finding(
            f"By your measurements a step on all 20,000 pictures takes {found:.2g} times as long as on 16.",
            name="not-slower",
            expected="more than 20 times",
            got=f"{found:.2g}",
            hint="Is anything measured besides the step, such as choosing the pictures?",
        )
    return None


def ratio(got):
    """Of the better of the two runs: on a busy machine a short step may wait longer than it works."""
    return max(got[run]["full"] / got[run]["mini-batch"] for run in RUNS)


@check("the seconds fit into the call that measured them", part="times", observation=True)
def as_seen_from_outside(got, ref, inputs):
    if not all(in_form(got[run]) for run in RUNS):
        return Finding("This can only be said of two positive numbers.")
    return next(filter(None, (measured(got[run], inputs["seconds"][run]) for run in RUNS)), None)


def steps_on(inputs, count):
    """How often something was multiplied by so many pictures at once."""
    products = "addmm", "mm", "matmul", "linear", "bmm", "mv", "addmv", "baddbmm"
    work = inputs["observed"]["counted"]["work"]
    return operations(work, *products, where=lambda shapes: any(count in shape for shape in shapes))


@check("a step on 16 pictures, and one on all of them at once", part="times", observation=True)
def both_run(got, ref, inputs):
    for count, which in ((16, "mini-batch"), (COUNTED, "full")):
        if not steps_on(inputs, count):
            return Finding(
                f"Given {COUNTED} pictures, it made no step on {count} of them at once: what is the time under `{which}`?",
                name="other-pictures",
                expected=f"a step on {count} pictures",
            )
    return None


# --- the step -----------------------------------------------------------------------------------------------------


@alternative(part="step")
def by_backward(z, imgs, labels, alpha):
    z.zero_grad()
    cost = cross_entropy(z(imgs.flatten(start_dim=1)), labels)
    cost.backward()
    with torch.no_grad():
        z.weight -= alpha * z.weight.grad
        z.bias -= alpha * z.bias.grad
    return cost.item()


@alternative(part="step")
def reset_afterwards(z, imgs, labels, alpha):
    Y = torch.softmax(z(imgs.reshape(len(imgs), -1)), dim=1)
    cost = -(one_hot(labels, num_classes=10) * torch.log(Y)).sum(1).mean()
    cost.backward()
    with torch.no_grad():
        for parameter in z.parameters():
            parameter.add_(parameter.grad, alpha=-alpha)
            parameter.grad = None
    return cost.item()


@alternative(part="step")
def by_data(z, imgs, labels, alpha):
    for parameter in (z.weight, z.bias):
        if parameter.grad is not None:
            parameter.grad.zero_()
    sums = z(imgs.squeeze(1).flatten(1))
    cost = (torch.logsumexp(sums, 1) - sums[torch.arange(len(labels)), labels]).mean()
    cost.backward()
    z.weight.data -= alpha * z.weight.grad
    z.bias.data -= alpha * z.bias.grad
    return float(cost)


@alternative(part="step")
def by_autograd_grad(z, imgs, labels, alpha):
    cost = torch.nn.CrossEntropyLoss()(z(torch.nn.Flatten()(imgs)), labels)
    gradients = torch.autograd.grad(cost, [z.weight, z.bias])
    with torch.no_grad():
        for parameter, one in zip(z.parameters(), gradients, strict=True):
            parameter.copy_(parameter - alpha * one)
    return cost.detach()


@alternative(part="step")
def with_an_optimiser(z, imgs, labels, alpha):
    optimiser = torch.optim.SGD(z.parameters(), lr=alpha)
    optimiser.zero_grad()
    cost = torch.nn.functional.nll_loss(torch.log_softmax(z(imgs.flatten(1)), dim=1), labels)
    cost.backward()
    optimiser.step()
    return cost.item()


@alternative(part="step")
def in_double(z, imgs, labels, alpha):
    with torch.no_grad():
        X = imgs.flatten(1).double()
        Y = torch.softmax(X @ z.weight.double().T + z.bias.double(), 1)
        E = Y - one_hot(labels, 10)
        cost = -torch.log(Y[torch.arange(len(X)), labels]).mean()
        z.weight -= (alpha * E.T @ X / len(X)).float()
        z.bias -= (alpha * E.mean(0)).float()
    return cost.item()


edit(
    "tracked-update",
    "Changes the parameters outside no_grad.",
    hint="The update is not a step to be differentiated. Put it into `with torch.no_grad():`.",
    part="step",
    of=by_backward,
    replace=("torch.no_grad()", "torch.enable_grad()"),
)
edit(
    "no-reset",
    "Never resets the gradients.",
    hint="The gradient of the last call is still there and contaminates this one. Zero the gradient.",
    part="step",
    of=by_backward,
    replace=("z.zero_grad()", ""),
)
edit(
    "summed",
    "Takes the sum of the contributions as the cost.",
    hint="The cost is their mean. With the sum, a step on 16 pictures is 16 times too long.",
    part="step",
    of=by_backward,
    replace=("labels)", 'labels, reduction="sum")'),
)


@mistake(
    "summed-step",
    "Steps along the gradient of the sum.",
    hint="The cost is right, but the step is too long: differentiate the mean of the contributions, not their sum.",
    part="step",
)
def summed_step(z, imgs, labels, alpha):
    return plain(z, imgs, labels, alpha * len(imgs))


@mistake("uphill", "Adds the gradient.", hint="The step goes against the gradient: subtract.", part="step")
def uphill(z, imgs, labels, alpha):
    return plain(z, imgs, labels, -alpha)


@mistake(
    "name-rebound",
    "Leaves the layer as it is.",
    hint="The layer has not changed. `w = w - ...` gives the name to a new tensor: update in place, `z.weight -= ...`.",
    part="step",
)
def name_rebound(z, imgs, labels, alpha):
    return plain(z, imgs, labels, 0.0)


edit(
    "bias-forgotten",
    "Updates the weights only.",
    hint="The network has two parameters, and the bias stayed as it was.",
    part="step",
    of=by_backward,
    replace=("z.bias -= alpha * z.bias.grad", ""),
)


@mistake(
    "alpha-fixed",
    "Has a step size of its own.",
    hint="The step size is an argument. Yours is always the same.",
    part="step",
)
def alpha_fixed(z, imgs, labels, alpha):
    return plain(z, imgs, labels, 0.1)


@mistake(
    "cost-after",
    "Returns the cost after the step.",
    hint="The step is right. The cost before it is wanted, the one that you have differentiated.",
    part="step",
)
def cost_after(z, imgs, labels, alpha):
    plain(z, imgs, labels, alpha)
    return cross_entropy(z(imgs.flatten(1)), labels).item()


@mistake(
    "not-flattened",
    "Passes pictures to a layer that wants vectors.",
    hint="The layer wants a vector of 784 for each picture: imgs.flatten(start_dim=1).",
    part="step",
)
def not_flattened(z, imgs, labels, alpha):
    return cross_entropy(z(imgs), labels).item()


@mistake(
    "softmax-twice",
    "Applies the softmax before a function that applies it itself.",
    hint="cross_entropy takes the sums and applies the softmax itself. Give it what z returns.",
    part="step",
)
def softmax_twice(z, imgs, labels, alpha):
    return plain(z, imgs, labels, alpha, cost=lambda sums, labels: cross_entropy(torch.softmax(sums, 1), labels))


@mistake(
    "over-the-pictures",
    "Lets the softmax add up over the pictures.",
    hint="The ten numbers of one picture must add up to 1: the softmax goes along dim=1.",
    part="step",
)
def over_the_pictures(z, imgs, labels, alpha):
    def cost(sums, labels):
        return -(one_hot(labels, 10) * torch.log_softmax(sums, 0)).sum(1).mean()

    return plain(z, imgs, labels, alpha, cost=cost)


# --- the times ----------------------------------------------------------------------------------------------------


@alternative(part="times")
def with_a_stopwatch(images, labels):
    import time

    seconds = {}
    for name, chosen in (("full", torch.arange(len(images))), ("mini-batch", torch.randperm(len(images))[:16])):
        z, few, their = torch.nn.Linear(784, 10), images[chosen], labels[chosen]
        plain(z, few, their, 0.1)
        number = 5 if name == "full" else 50
        start = time.perf_counter()
        for _ in range(number):
            plain(z, few, their, 0.1)
        seconds[name] = (time.perf_counter() - start) / number
    return seconds


@mistake(
    "in-a-tuple",
    "Returns the times without their names.",
    hint='A dict is wanted: `{"mini-batch": ..., "full": ...}`.',
    part="times",
    when=lambda got, ref, inputs: isinstance(got["first"], tuple | list),
)
def in_a_tuple(images, labels):
    return tuple(compare_times(images, labels).values())


@mistake(
    "swapped",
    "Either swaps the two times, or measures more than a step on the 16 pictures.",
    hint="By your numbers the step on all pictures is faster. Are the two names where they belong?",
    part="times",
    when=lambda got, ref, inputs: ratio(got) < 1 / 3,
)
def swapped(images, labels):
    times = compare_times(images, labels)
    return {"mini-batch": times["full"], "full": times["mini-batch"]}


@mistake(
    "whole-epoch",
    "Measures a whole epoch of small steps under the name of the full step.",
    hint="The full step is *one* step: its gradient is the mean over all pictures, computed at once.",
    part="times",
    when=lambda got, ref, inputs: steps_on(inputs, 16) > 0 and not steps_on(inputs, COUNTED),
)
def whole_epoch(images, labels):
    z = torch.nn.Linear(784, 10)

    def epoch():
        for start in range(0, len(images), 16):
            plain(z, images[start : start + 16], labels[start : start + 16], 0.1)

    few, their = images[:16], labels[:16]
    return {
        "mini-batch": min(timeit.repeat(lambda: plain(z, few, their, 0.1), number=5, repeat=3)) / 5,
        "full": timeit.timeit(epoch, number=1),
    }


@mistake(
    "invented",
    "Computes its numbers instead of measuring them.",
    hint="No step was made while your function was called. Make one of each between the start and the stop of a clock.",
    part="times",
    when=lambda got, ref, inputs: not steps_on(inputs, 16) and not steps_on(inputs, COUNTED) and not repeated(got),
)
def invented(images, labels):
    noise = float(torch.rand(1))
    return {"mini-batch": 1e-4 * (1 + noise), "full": 1e-6 * len(images) * (1 + noise)}


@mistake(
    "written-down",
    "Returns numbers that were written down.",
    hint="Two measurements never agree to the last digit, but yours do. Measure again in every call.",
    part="times",
    when=lambda got, ref, inputs: repeated(got),
)
def written_down(images, labels):
    return {"mini-batch": 0.0001, "full": 0.01}


@mistake(
    "drawing-timed",
    "Measures more than the steps, such as the choosing of the pictures.",
    hint="Measure comparable parts: choosing or loading the 16 pictures takes longer than the step. Do it beforehand.",
    part="times",
    when=lambda got, ref, inputs: 1 / 3 <= ratio(got) <= 20,
)
def drawing_timed(images, labels):
    z = torch.nn.Linear(784, 10)

    def small():
        order = torch.randperm(len(images))
        plain(z, images[order][:16], labels[order][:16], 0.1)

    return {
        "mini-batch": min(timeit.repeat(small, number=1, repeat=3)),
        "full": min(timeit.repeat(lambda: plain(z, images, labels, 0.1), number=1, repeat=3)),
    }


@mistake(
    "milliseconds",
    "Gives milliseconds instead of seconds.",
    hint="`timeit` and `perf_counter` give seconds. Leave them as they are.",
    part="times",
    when=lambda got, ref, inputs: all(measured(got[run], inputs["seconds"][run]) for run in RUNS),
)
def milliseconds(images, labels):
    return {name: 1000 * seconds for name, seconds in compare_times(images, labels).items()}


@mistake(
    "averaged-twice",
    "Divides the gradient by the number of pictures once more.",
    hint="The cost is a mean, and so is its gradient already. Divide by the number of pictures only once.",
    part="step",
)
def averaged_twice(z, imgs, labels, alpha):
    return plain(z, imgs, labels, alpha / len(imgs))
