"""Against the clock. Times are what the learner's own process says: only what must hold anywhere is asked of them, and
what was computed meanwhile is counted."""

import math
import timeit

import torch

from grader.spec import Finding, Rng, alternative, cases, check, measured, mistake, operations, script

KEYS = {"tensor_s", "loop_s", "ratio"}
COUNTED = 37
"""The size for which it is counted what is computed."""
OPERATIONS = {"div": lambda a, b: a / b, "exp": lambda a, b: torch.exp(a), "pow": lambda a, b: a**b}


def measure(op, n):
    x, y = torch.rand(n) + 1, torch.rand(n) + 1
    function = OPERATIONS[op]

    def loop():
        for i in range(n):
            function(x[i], y[i])

    tensor_s = min(timeit.repeat(lambda: function(x, y), number=10, repeat=5)) / 10
    loop_s = min(timeit.repeat(loop, number=1, repeat=2))
    return {"tensor_s": tensor_s, "loop_s": loop_s, "ratio": loop_s / tensor_s}


@cases
def runs(rng: Rng):
    # to return something earns nothing (weight=0); what is returned is for the checks
    for op in OPERATIONS:
        s = script(f"measure({op!r}, n) for three sizes", weight=0, op=op)
        # so different that a clock with coarse ticks does not make honest times equal by chance
        s.call("measure", op, rng.integers(5000, 6000), label="first", compare=False)
        s.call("measure", op, rng.integers(10_000, 12_000), label="second", compare=False)
        s.call("measure", op, COUNTED, label="counted", observe=("work",), compare=False)
        yield s


def in_form(value):
    """Whether these are three positive Python numbers under the three names."""
    return (
        isinstance(value, dict)
        and set(value) == KEYS
        and all(type(number) in (int, float) and math.isfinite(number) and number > 0 for number in value.values())
    )


@check("three positive numbers")
def form(got, ref, inputs):
    for value in got.values():
        if not isinstance(value, dict):
            return Finding("A dict is expected.", name="no-dict", expected="dict", got=type(value).__name__)
        if set(value) != KEYS:
            names = ", ".join(sorted(map(str, value)))
            return Finding("The names are wrong.", expected=", ".join(sorted(KEYS)), got=names or "none")
        for name, number in value.items():
            if type(number) not in (int, float):
                message = f"`{name}` is no Python number."
                return Finding(message, name="no-number", expected="float", got=type(number).__name__)
            if not (math.isfinite(number) and number > 0):
                return Finding(f"`{name}` is not a positive number.", name="not-positive", got=f"{number:.4g}")
    return None


@check("the ratio is the quotient")
def quotient(got, ref, inputs):
    for value in got.values():
        if not in_form(value):
            return Finding("This can only be said of three positive numbers.")
        right = value["loop_s"] / value["tensor_s"]
        if not abs(value["ratio"] - right) <= 0.01 * right:
            return Finding(
                "`ratio` is not `loop_s` divided by `tensor_s`.",
                name="no-quotient",
                expected=f"{right:.4g}",
                got=f"{value['ratio']:.4g}",
            )
    return None


@check("the lifted operator is more than 20 times as fast", observation=True)
def faster(got, ref, inputs):
    if not all(map(in_form, got.values())):
        return Finding("This can only be said of three positive numbers.")
    # the better of the two runs: on a busy machine a lifted operator may wait longer than it works
    ratio = max(value["loop_s"] / value["tensor_s"] for value in got.values())
    if ratio <= 20:
        return Finding(
            "The loop is not much slower than the lifted operator.",
            name="not-faster",
            expected="more than 20 times the time",
            got=f"{ratio:.3g} times",
            hint="Is anything slow in the lifted version, such as making the tensors, or a loop?",
        )
    return None


@check("measured anew in each run", observation=True)
def anew(got, ref, inputs):
    if not all(map(in_form, got.values())):
        return Finding("This can only be said of three positive numbers.")
    first, second = (got[run]["loop_s"] for run in ("first", "second"))
    if first == second:
        return Finding(
            "`loop_s` is the same number in two runs of different sizes.",
            name="not-measured",
            got=f"{first:.4g}",
            hint="Two measurements never agree to the last digit. Where does this number come from?",
        )
    return None


@check("the seconds fit into the call that measured them", observation=True)
def as_seen_from_outside(got, ref, inputs):
    for run, value in got.items():
        if not in_form(value):
            return Finding("This can only be said of three positive numbers.")
        times = {name: value[name] for name in ("tensor_s", "loop_s")}
        found = measured(times, inputs["seconds"][run], longest=None if run == "counted" else 0.0001)
        if found:
            return found
    return None


def lifted(inputs, size):
    """How often the operation was computed for tensors with so many elements, when that was counted."""
    work = inputs["observed"]["counted"]["work"]
    return operations(work, inputs["op"], where=lambda shapes: any(math.prod(shape) == size for shape in shapes))


def single(inputs):
    """How many operations had to do with single elements."""
    work = inputs["observed"]["counted"]["work"]
    return operations(work, where=lambda shapes: any(math.prod(shape) == 1 for shape in shapes)) + operations(work, "select")


@check("both ways compute all n elements", observation=True)
def all_elements(got, ref, inputs):
    if not lifted(inputs, COUNTED):
        return Finding(
            f"With n = {COUNTED}, `measure` never computed `{inputs['op']}` on tensors with {COUNTED} elements.",
            name="not-lifted",
            hint="Is `n` the size of your tensors, and is the operation itself what is timed?",
        )
    if single(inputs) < COUNTED:
        return Finding(
            f"With n = {COUNTED}, `measure` touched fewer than {COUNTED} single elements.",
            name="no-loop",
            hint="The loop goes through all `n` elements of the tensors, one at a time.",
        )
    return None


@alternative
def with_a_stopwatch(op, n):
    import statistics
    import time

    x = torch.linspace(1, 2, n)
    y = x.flip(0)
    function = {"div": torch.div, "exp": lambda a, b: a.exp(), "pow": torch.pow}[op]
    lifted, looped = [], []
    for _ in range(21):
        start = time.perf_counter()
        function(x, y)
        lifted.append(time.perf_counter() - start)
    for _ in range(2):
        start = time.perf_counter()
        [function(x[i], y[i]) for i in range(n)]
        looped.append(time.perf_counter() - start)
    result = {"tensor_s": statistics.median(lifted), "loop_s": statistics.median(looped)}
    result["ratio"] = result["loop_s"] / result["tensor_s"]
    return result


def results(got):
    """The results that have the right form."""
    return [value for value in got.values() if in_form(value)]


@mistake(
    "upside-down",
    "Divides the lifted time by that of the loop.",
    hint="Your ratio is below 1: it is upside down. How many times longer does the *loop* take?",
    when=lambda got, ref, inputs: any(
        math.isclose(value["ratio"], value["tensor_s"] / value["loop_s"], rel_tol=0.01) for value in results(got)
    ),
)
def upside_down(op, n):
    value = measure(op, n)
    return {**value, "ratio": value["tensor_s"] / value["loop_s"]}


@mistake(
    "calls-not-divided",
    "Leaves the seconds of many calls undivided, and divides in the ratio only.",
    hint="`timeit` gives the seconds of all `number` calls together. Divide by it in `tensor_s` too.",
    when=lambda got, ref, inputs: any(
        any(
            math.isclose(value["ratio"], calls * value["loop_s"] / value["tensor_s"], rel_tol=0.01)
            for calls in (5, 10, 20, 50, 100, 1000, 10_000)
        )
        for value in results(got)
    ),
)
def calls_not_divided(op, n):
    value = measure(op, n)
    return {**value, "tensor_s": value["tensor_s"] * 10}


@mistake(
    "written-down",
    "Returns numbers that were written down.",
    hint="Two measurements never agree to the last digit, but yours do. Measure again in every call.",
    when=lambda got, ref, inputs: len(results(got)) == 3 and got["first"]["loop_s"] == got["second"]["loop_s"],
)
def written_down(op, n):
    return {"tensor_s": 0.00001, "loop_s": 0.03, "ratio": 3000.0}


@mistake(
    "milliseconds",
    "Gives milliseconds instead of seconds.",
    hint="`timeit` and `perf_counter` give seconds. Leave them as they are.",
    when=lambda got, ref, inputs: (
        lifted(inputs, COUNTED) > 0
        and len(results(got)) == len(got)
        and all(1.2 * inputs["seconds"][run] + 0.002 < value["loop_s"] for run, value in got.items() if run != "counted")
    ),
)
def milliseconds(op, n):
    value = measure(op, n)
    return {**value, "tensor_s": 1e3 * value["tensor_s"], "loop_s": 1e3 * value["loop_s"]}


@mistake(
    "n-ignored",
    "Measures tensors of a size of its own, whatever n is.",
    hint="`n` says how many elements the tensors have. Make them, and run the loop, with `n`.",
    when=lambda got, ref, inputs: not lifted(inputs, COUNTED) and single(inputs) > 500,
)
def n_ignored(op, n):
    return measure(op, 1000)


@mistake(
    "invented",
    "Computes its numbers instead of measuring them.",
    hint="Nothing was computed while your function ran. Run both versions between the start and the stop of a clock.",
    when=lambda got, ref, inputs: not lifted(inputs, COUNTED) and single(inputs) < COUNTED,
)
def invented(op, n):
    return {"tensor_s": 1e-5, "loop_s": 4e-6 * n, "ratio": 0.4 * n}


@mistake(
    "in-a-tuple",
    "Returns the numbers without their names.",
    hint='A dict is wanted: `{"tensor_s": ..., "loop_s": ..., "ratio": ...}`.',
    when=lambda got, ref, inputs: any(isinstance(value, (tuple, list)) for value in got.values()),
)
def in_a_tuple(op, n):
    return tuple(measure(op, n).values())


@mistake(
    "loops-twice",
    "Times two things that take equally long, such as two loops, or the same version twice.",
    hint="Is one of them really a loop, and the other none? The lifted version is one expression on the whole tensors, `x / y`.",
    when=lambda got, ref, inputs: results(got) and all(0.2 < value["ratio"] < 5 for value in results(got)),
)
def loops_twice(op, n):
    value = measure(op, n)
    return {"tensor_s": value["loop_s"] * 0.9, "loop_s": value["loop_s"], "ratio": 1 / 0.9}
