"""What a step of training costs. Times are what the learner's own process says: only what must hold anywhere is asked."""

import math
import time

import torch
from torch import nn

from grader.spec import Finding, Rng, alternative, cases, check, edit, edit_alternative, measured, mistake, operations, script

DEVICE = torch.device("cpu")


def step_seconds(widths, batch_size):
    layers = []
    for inputs, outputs in zip(widths[:-1], widths[1:], strict=True):
        layers += [nn.Linear(inputs, outputs), nn.ReLU()]
    model = nn.Sequential(*layers[:-1])
    optimizer = torch.optim.SGD(model.parameters(), lr=0.01)
    x, y = torch.randn(batch_size, widths[0]), torch.randint(widths[-1], (batch_size,))

    def step():
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(x), y).backward()
        optimizer.step()

    step()
    times = []
    for _ in range(3):
        start = time.perf_counter()
        step()
        times.append(time.perf_counter() - start)
    return {
        "parameters": sum(one.numel() for one in model.parameters()),
        "multiplications": sum(a * b for a, b in zip(widths[:-1], widths[1:], strict=True)),
        "seconds": min(times),
    }


NAMES = {"parameters", "multiplications", "seconds"}
SMALL, LARGE = [784, 20, 10], [784, 2048, 2048, 10]


def wanted(widths):
    pairs = list(zip(widths[:-1], widths[1:], strict=True))
    return {"parameters": sum(a * b + b for a, b in pairs), "multiplications": sum(a * b for a, b in pairs)}


@cases("measure")
def runs(rng: Rng):
    # to return something earns nothing (weight=0); what is returned is for the checks
    odd = [rng.choice((31, 37)), *rng.choice(([19, 13], [17, 23, 11])), rng.choice((5, 7))]
    s = script("three networks", weight=0, odd=odd)
    s.call("step_seconds", SMALL, 64, label="small", compare=False)
    s.call("step_seconds", LARGE, 64, label="large", compare=False)
    s.call("step_seconds", odd, 9, label="counted", observe=("work",), compare=False)
    yield s


def number(value):
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def in_form(value):
    return isinstance(value, dict) and set(value) == NAMES and all(number(one) for one in value.values())


@check("three numbers", part="measure")
def form(got, ref, inputs):
    for value in got.values():
        if not in_form(value):
            return Finding(f"A dict with a Python number for each of {sorted(NAMES)} is expected.", name="form")
    return None


def exact(name, hint):
    def compared(got, ref, inputs):
        for label, widths in (("small", SMALL), ("large", LARGE), ("counted", inputs["odd"])):
            if not in_form(got[label]):
                return Finding("This can only be said of three numbers.")
            found, right = got[label][name], wanted(widths)[name]
            if found != right:
                return Finding(f"`{name}` is wrong for {widths}.", name=name, expected=str(right), got=f"{found:g}", hint=hint)
        return None

    return compared


PARAMETERS = "Every linear layer has a matrix of weights, and a bias for each output."
MULTIPLICATIONS = "Each of a layer's outputs is a sum of as many products as it has inputs. A bias is added, and a sample counts once."


@check("the number of parameters", part="measure")
def parameters(got, ref, inputs):
    return exact("parameters", PARAMETERS)(got, ref, inputs)


@check("the number of multiplications", part="measure")
def multiplications(got, ref, inputs):
    return exact("multiplications", MULTIPLICATIONS)(got, ref, inputs)


@check("times that were measured", part="measure", observation=True)
def honest(got, ref, inputs):
    for label in ("small", "large"):
        value = got[label]
        if not in_form(value) or value["seconds"] <= 0:
            return Finding("This can only be said of a positive number of seconds.", name="no-time")
        found = measured({"seconds": value["seconds"]}, inputs["seconds"][label])
        if found is not None:
            return found
    return None


@check("the large network takes more than 20 times as long", part="measure", observation=True)
def longer(got, ref, inputs):
    if not (in_form(got["small"]) and in_form(got["large"])):
        return Finding("This can only be said of three numbers.")
    small, large = got["small"]["seconds"], got["large"]["seconds"]
    if large > 20 * small:
        return None
    return Finding(
        "The large network's step is not much longer than the small one's.", name="not-longer", expected="more than 20 times",
        got=f"{large / small:.3g} times" if small > 0 else "no time", hint="Is the fastest of several steps taken, and nothing else measured with it?",
    )


@check("four steps or more, forwards and backwards", part="measure", observation=True)
def counted(got, ref, inputs):
    first, second = inputs["odd"][:2]
    work = inputs["observed"]["counted"]["work"]

    def products(*pairs):
        return operations(work, "mm", "addmm", where=lambda shapes: any(a in shapes and b in shapes for a, b in pairs))

    forwards = products(([9, first], [first, second]))
    backwards = products(([second, 9], [9, first]), ([first, 9], [9, second]))
    if forwards >= 4 and backwards >= 4:
        return None
    way = "forwards" if forwards < 4 else "backwards"
    return Finding(
        f"Fewer than four steps went {way} through the first layer.", name="counted",
        hint="One step is not measured, three or more are; and each has a forward and a backward pass.",
    )


# --- other right ones ---------------------------------------------------------------------------------------------


@alternative(part="measure")
def with_timeit(widths, batch_size):
    import timeit

    model, pairs = nn.Sequential(), [*zip(widths, widths[1:], strict=False)]
    for place, (a, b) in enumerate(pairs):
        if place:
            model.append(nn.ReLU())
        model.append(nn.Linear(a, b))
    x, y = torch.rand(batch_size, widths[0]), torch.zeros(batch_size, dtype=torch.int64)
    optimizer, cost = torch.optim.SGD(model.parameters(), lr=0.1), nn.CrossEntropyLoss()

    def step():
        loss = cost(model(x), y)
        loss.backward()
        optimizer.step()
        optimizer.zero_grad()

    timeit.timeit(step, number=1)
    products = 0
    for a, b in pairs:
        products += a * b
    return {
        "seconds": min(timeit.repeat(step, repeat=4, number=1)),
        "multiplications": products,
        "parameters": products + sum(widths[1:]),
    }


@alternative(part="measure")
def by_hand(widths, batch_size):
    weights = [(torch.randn(a, b) / a**0.5).requires_grad_() for a, b in zip(widths, widths[1:], strict=False)]
    biases = [torch.zeros(b, requires_grad=True) for b in widths[1:]]
    x, y = torch.randn(batch_size, widths[0]), torch.randint(widths[-1], (batch_size,))
    times = []
    for _ in range(5):
        start = time.perf_counter()
        h = x
        for number, (w, b) in enumerate(zip(weights, biases, strict=True)):
            h = h @ w + b
            h = h.relu() if number + 1 < len(weights) else h
        nn.functional.nll_loss(h.log_softmax(1), y).backward()
        with torch.no_grad():
            for one in weights + biases:
                one -= 0.01 * one.grad
                one.grad = None
        times.append(time.perf_counter() - start)
    shapes = [w.shape for w in weights]
    return {
        "parameters": sum(a * b + b for a, b in shapes),
        "multiplications": sum(a * b for a, b in shapes),
        "seconds": sorted(times[1:])[0],
    }


edit_alternative("ten-steps", part="measure", replace=("range(3)", "range(10)"))
edit_alternative("from-the-weights", part="measure", replace=(
    "sum(a * b for a, b in zip(widths[:-1], widths[1:], strict=True))", "sum(one.weight.numel() for one in layers[::2])"
))  # fmt: skip
edit_alternative("process-of-its-own", part="measure", replace=("optimizer.zero_grad()", "model.zero_grad(set_to_none=True)"))

edit(
    "biases-forgotten",
    "Leaves the biases out of the parameters.",
    hint=PARAMETERS,
    part="measure",
    replace=("one.numel() for one in model.parameters()", "one.numel() for one in model.parameters() if one.dim() == 2"),
)
edit(
    "biases-multiplied",
    "Counts a product for every bias.",
    hint=MULTIPLICATIONS,
    part="measure",
    replace=("sum(a * b for", "sum(a * b + b for"),
)
edit(
    "all-samples",
    "Counts the products of the whole mini-batch.",
    hint=MULTIPLICATIONS,
    part="measure",
    replace=('sum(a * b for a, b in zip(widths[:-1], widths[1:], strict=True)),', 'batch_size * sum(a * b for a, b in zip(widths[:-1], widths[1:], strict=True)),'),
)


def counts(got, inputs):
    """Whether the two numbers are right for all three networks."""
    networks = (("small", SMALL), ("large", LARGE), ("counted", inputs["odd"]))
    return all(in_form(got[name]) and wanted(widths).items() <= got[name].items() for name, widths in networks)


@mistake(
    "only-forwards",
    "Measures the forward pass only.",
    hint="One step is not measured, three or more are; and each has a forward and a backward pass.",
    part="measure",
    when=lambda got, ref, inputs: not inputs["raised"] and counts(got, inputs) and "backwards" in (counted(got, ref, inputs) or EMPTY).message,
)
def only_forwards(widths, batch_size):
    result = step_seconds(widths[:1] + widths[-1:], 1)
    model = nn.Sequential(*[nn.Linear(a, b) for a, b in zip(widths[:-1], widths[1:], strict=True)])
    x, times = torch.randn(batch_size, widths[0]), []
    for _ in range(4):
        start = time.perf_counter()
        model(x)
        times.append(time.perf_counter() - start)
    return result | wanted(widths) | {"seconds": min(times)}


EMPTY = Finding("")


@mistake(
    "one-step",
    "Measures a single step, the very first.",
    hint="One step is not measured, three or more are; and each has a forward and a backward pass.",
    part="measure",
    when=lambda got, ref, inputs: not inputs["raised"] and counts(got, inputs) and "forwards" in (counted(got, ref, inputs) or EMPTY).message,
)
def one_step(widths, batch_size):
    model = nn.Sequential(*[nn.Linear(a, b) for a, b in zip(widths[:-1], widths[1:], strict=True)])
    x, y = torch.randn(batch_size, widths[0]), torch.zeros(batch_size, dtype=torch.int64)
    start = time.perf_counter()
    nn.functional.cross_entropy(model(x), y).backward()
    return wanted(widths) | {"seconds": time.perf_counter() - start}


@mistake(
    "milliseconds",
    "Gives either milliseconds or the time of several steps.",
    hint="Seconds are wanted, of the fastest step by itself.",
    part="measure",
    when=lambda got, ref, inputs: not inputs["raised"] and counts(got, inputs) and got["large"]["seconds"] > inputs["seconds"]["large"],
)
def milliseconds(widths, batch_size):
    result = step_seconds(widths, batch_size)
    return result | {"seconds": 1000 * result["seconds"]}
