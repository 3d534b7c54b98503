"""What a module registers, which mode it is in, and references that compute in float64."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch

from grader.grading import Grader
from grader.judge.rehearsal import rounded, widen
from lessons.schema import Exercise

Write = Callable[..., Exercise]

NORM = """
    import torch
    from grader.spec import cases, script

    class f(torch.nn.Module):
        def __init__(self, size):
            super().__init__()
            self.scale = torch.nn.Parameter(torch.ones(size))
            self.register_buffer("mean", torch.zeros(size))
            self.layers = torch.nn.ModuleList([torch.nn.Linear(size, size)])

        def forward(self, x):
            if self.training:
                self.mean = 0.5 * self.mean + 0.5 * x.mean(0)
                return (x - x.mean(0)) * self.scale
            return (x - self.mean) * self.scale

    @cases
    def life(rng):
        s = script("life")
        layer = s.new("f", 3)
        s.observe(layer, "loose", label="registered")
        s.observe(layer, "parameters")
        s.observe(layer, "buffers")
        s.train(layer)
        s.call(layer, rng.normal(5, 3), label="training")
        s.eval(layer)
        s.call(layer, rng.normal(5, 3), label="predicting")
        yield s
"""
LAYER = """
import torch
class f(torch.nn.Module):
    def __init__(self, n):
        super().__init__()
        {scale}
        {mean}
        {layers}
    def forward(self, x):
        {forward}
"""
RIGHT = {
    "scale": "self.scale = torch.nn.Parameter(torch.ones(n))",
    "mean": "self.register_buffer('mean', torch.zeros(n))",
    "layers": "self.layers = torch.nn.Sequential(torch.nn.Linear(n, n))",
    "forward": "if self.training:\n            self.mean = (self.mean + x.mean(0)) / 2\n"
    "        return (x - (x.mean(0) if self.training else self.mean)) * self.scale",
}


def first_wrong(grader: Grader, write: Write, **changed: str) -> tuple[str, str, str]:
    verdict = grader.grade(write(NORM), LAYER.format(**{**RIGHT, **changed}), {}).parts[0]
    assert verdict.status == ("failed" if changed else "passed"), verdict
    check = next((check for check in verdict.checks if check.status != "passed"), verdict.checks[0])
    return check.diagnosis[0].name if check.diagnosis else "", check.message, check.hint or ""


def test_what_is_registered_passes(grader: Grader, exercise_of: Write) -> None:
    first_wrong(grader, exercise_of)


@pytest.mark.parametrize(
    ("changed", "name", "said"),
    [
        ({"scale": "self.scale = torch.ones(n, requires_grad=True)"}, "unregistered", "[1, 0]"),
        ({"layers": "self.layers = [torch.nn.Linear(n, n)]"}, "unregistered", "[0, 1]"),
        ({"mean": RIGHT["mean"] + "; self.b = torch.nn.Parameter(torch.zeros(n))"}, "other-parameters", "[3], [3]"),
        ({"layers": "self.register_buffer('extra', torch.zeros(2)); self.layers = torch.nn.Linear(n, n)"},
         "other-buffers", "[[2], [3]]"),
        ({"forward": RIGHT["forward"].replace("if self.training else self.mean", "if True else None")},
         "wrong-mode", "elements differ"),
    ],
)  # fmt: skip
def test_what_is_not_is_named(
    grader: Grader, exercise_of: Write, changed: dict[str, str], name: str, said: str
) -> None:
    found, message, hint = first_wrong(grader, exercise_of, **changed)
    assert found == name and said in message and hint


SUM = """
    from grader.spec import case, cases

    def f(x):
        return x.sum(){dtype}

    @cases
    def vectors(rng):
        yield case(x=rng.normal(100_003, std=1.0, mean=30.0), label="many")
"""


def test_a_reference_in_float64_is_as_exact_as_its_dtype_allows(grader: Grader, exercise_of: Write) -> None:
    wide = "def f(x):\n    return x.double().sum().float()\n"
    exercise = exercise_of(SUM.format(dtype=""), extra="precision: float64")
    shown = grader.grade(exercise, "def f(x):\n    return x.double().sum().float() * 2\n", {}, seed=5).parts[0]
    exact = grader.grade(exercise, wide, {}, seed=5).parts[0]
    assert exact.status == "passed" and exact.checks[0].status == "passed"
    assert shown.checks[0].expected is not None


def test_a_reference_that_takes_no_float64_says_so(grader: Grader, exercise_of: Write) -> None:
    exercise = exercise_of(SUM.format(dtype=" + (1 / 0 if x.element_size() == 8 else 0)"), extra="precision: float64")
    verdict = grader.grade(exercise, "def f(x):\n    return x.sum()\n", {}).parts[0]
    assert verdict.status == "grader_error" and "the reference takes no float64: ZeroDivisionError" in verdict.message


def test_only_tensors_of_floats_are_widened_and_rounded() -> None:
    value = {"x": torch.ones(2), "n": torch.ones(2, dtype=torch.int64), "l": [torch.ones(1), 2.0], "t": (None, "a")}
    wide = widen(value)
    assert wide["x"].dtype is wide["l"][0].dtype is torch.float64
    assert wide["n"].dtype is torch.int64 and wide["l"][1] == 2.0 and wide["t"] == (None, "a")
    third = torch.tensor([1 / 3], dtype=torch.float64)
    back = rounded({"x": torch.zeros(1), "n": torch.zeros(1).long(), "f": 1.0, "s": torch.zeros(2)},
                   {"x": third, "n": third, "f": 2.0, "s": third})  # fmt: skip
    assert back["x"].dtype is torch.float32 and float(back["x"]) == pytest.approx(1 / 3)
    assert back["n"].dtype is torch.int64 and back["f"] == 1.0 and back["s"].shape == (2,)
    assert rounded([1], (1,)) == [1] and rounded((third, 1), (third, 2))[1] == 1
