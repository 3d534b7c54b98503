"""Gradients held against centred differences: right ones pass, wrong ones are found, kinks are dropped and said."""

from __future__ import annotations

import math
import subprocess
import sys
import textwrap
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import pytest
import torch

from grader.grading import Grader
from grader.judge.gradcheck import (
    COORDINATES,
    LIMIT,
    GradientError,
    GradientFault,
    Probe,
    by_autograd,
    claims,
    gradient_error,
    own_gradient_errors,
    probes,
)
from grader.spec.script import Gradient, Step, gradient
from lessons.schema import Exercise

G = torch.Generator().manual_seed(11)
DOUBLE = torch.float64
ONE, HALVES = torch.ones(1, dtype=DOUBLE), (0.0, 0.5)


def normal(*shape: int) -> torch.Tensor:
    return torch.randn(shape, generator=G, dtype=DOUBLE)


X, W, B, DY = normal(7, 5), normal(3, 5), normal(3), normal(7, 3)


def affine(x: torch.Tensor, w: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    return torch.tanh(x @ w.T + b)


AFFINE = gradient(affine, {"x": X, "w": W, "b": B}, cotangent=DY)
EXACT = dict(zip("xwb", by_autograd(AFFINE), strict=True))


def figures(of: Gradient, found: dict[str, torch.Tensor], seed: int = 1) -> dict[str, GradientError]:
    return {name: gradient_error(name, found[name], near) for name, near in probes(of, Random(seed)).items()}


def test_right_gradients_agree_to_far_below_the_limit() -> None:
    for name, one in figures(AFFINE, EXACT).items():
        assert one.right and one.error < LIMIT / 100 and one.kinks == 0, name
        assert one.compared == min(COORDINATES, EXACT[name].numel())


@pytest.mark.parametrize(
    "wrong",
    [
        lambda g: 2 * g,
        lambda g: -g,
        lambda g: g + 1e-3,
        lambda g: g * (1 + 1e-4),
        lambda g: g.flip(0),
        torch.zeros_like,
        lambda g: g * math.nan,
    ],
)
def test_wrong_gradients_do_not(wrong: Callable[[torch.Tensor], torch.Tensor]) -> None:
    for name, one in figures(AFFINE, {name: wrong(value) for name, value in EXACT.items()}).items():
        assert not one.right and one.compared, name


def test_the_figure_names_the_coordinate_with_the_largest_error() -> None:
    near = [Probe((i,), 0.5, 1.0 - i, 1.0, 1.0 + i) for i in range(3)]  # slopes 0, 2 and 4
    one = gradient_error("v", torch.tensor([0.0, 2.5, 8.0], dtype=DOUBLE), near)
    assert (one.index, one.claimed, one.measured, one.error) == ((2,), 8.0, 4.0, 0.5)
    assert one.sentence == (
        "relative error 0.5 on 3 coordinates; at v[2] your gradient is 8 where a centred difference gives 4"
    )


def test_a_small_gradient_beside_a_large_one_is_not_held_to_its_own_size() -> None:
    near = [Probe((0,), 0.5, 0.0, 500.0, 1000.0), Probe((1,), 0.5, 0.0, 1e-6, 2e-6)]
    assert gradient_error("v", torch.tensor([1000.0, 2.001e-6], dtype=DOUBLE), near).right
    assert not gradient_error("v", torch.tensor([1000.0, 1.0], dtype=DOUBLE), near).right


def test_gradients_that_are_all_small_are_held_to_their_size() -> None:
    near = [Probe((i,), 1e-5, -1e-11, 0.0, 1e-11) for i in range(2)]  # slopes of 1e-6
    assert gradient_error("v", torch.tensor([1e-6, 1e-6], dtype=DOUBLE), near).right
    assert not gradient_error("v", torch.tensor([1e-6, 2e-6], dtype=DOUBLE), near).right


def test_nan_is_the_worst_of_all() -> None:
    near = [Probe((i,), 0.5, -0.5, 0.0, 0.5) for i in range(3)]  # slopes of 1
    for place in range(3):
        claimed = torch.ones(3, dtype=DOUBLE)
        claimed[place] = math.nan
        one = gradient_error("v", claimed, near)
        assert not one.right and one.index == (place,)


def test_softmax_shows_why_the_cotangent_is_random() -> None:
    zeros = {"x": torch.zeros(4, 3, dtype=DOUBLE)}
    rows = {"x": normal(4, 3)}
    assert not figures(gradient(lambda x: x.softmax(1), rows, cotangent=normal(4, 3)), zeros)["x"].right
    with pytest.raises(GradientFault, match="constant"):
        probes(gradient(lambda x: x.softmax(1), rows, cotangent=torch.ones(4, 3, dtype=DOUBLE)), Random(1))


KINKS = torch.tensor([1e-7, 0.5, -0.5, 2.0, -3e-6, 0.9], dtype=DOUBLE)
RELU = gradient(torch.relu, {"input": KINKS}, cotangent=torch.linspace(1, 2, 6, dtype=DOUBLE))


def test_a_kink_within_the_step_is_dropped_and_said() -> None:
    exact = {"input": by_autograd(RELU)[0]}
    one = figures(RELU, exact)["input"]
    assert one.right and (one.compared, one.kinks) == (4, 2)
    assert one.sentence.endswith("on 4 coordinates, 2 dropped at a kink")


def test_a_kink_hides_no_wrong_gradient() -> None:
    exact = by_autograd(RELU)[0]
    assert not figures(RELU, {"input": 2 * exact})["input"].right
    at_the_kink = exact.clone()
    at_the_kink[0] = 0.25  # right on neither side
    assert not figures(RELU, {"input": at_the_kink})["input"].right


def test_nothing_but_kinks_is_no_agreement() -> None:
    at = torch.tensor([1e-7, -1e-7], dtype=DOUBLE)
    of = gradient(torch.relu, {"input": at}, cotangent=torch.tensor([1.0, 2.0], dtype=DOUBLE))
    one = figures(of, {"input": by_autograd(of)[0]})["input"]
    assert not one.right and one.sentence == "nothing to compare, 2 dropped at a kink"


@pytest.mark.slow
def test_no_judge_waits_for_sympy() -> None:
    """torch imports it for a cotangent that is handed to autograd, and that takes longer than the rest of a verdict."""
    code = """
        import sys, torch
        from grader.judge.gradcheck import by_autograd
        from grader.spec.script import gradient
        x, dy = torch.rand(3, dtype=torch.float64), torch.rand(3, dtype=torch.float64)
        by_autograd(gradient(lambda x: x**2, {"x": x}, cotangent=dy))
        by_autograd(gradient(lambda x: x @ x, {"x": x}))
        print("sympy" in sys.modules)
    """
    run = [sys.executable, "-c", textwrap.dedent(code)]
    assert subprocess.run(run, capture_output=True, text=True, check=True).stdout == "False\n"


def test_a_parameter_without_influence_has_gradient_zero() -> None:
    of = gradient(lambda x, y: (x * x).sum(), {"x": normal(3), "y": normal(2)})
    exact = dict(zip("xy", by_autograd(of), strict=True))
    assert all(one.right for one in figures(of, exact).values())
    assert not figures(of, {**exact, "y": torch.full((2,), 1e-3, dtype=DOUBLE)})["y"].right


@pytest.mark.parametrize(
    ("of", "said"),
    [
        (gradient(torch.relu, {"input": normal(3).float()}, cotangent=normal(3)), "float64, and input is"),
        (gradient(torch.relu, {"input": normal(3)}, cotangent=normal(4)), r"shape \(4,\), and the result \(3,\)"),
        (gradient(torch.relu, {"input": normal(3)}), "constant"),
        (gradient(lambda x: x.float(), {"x": normal(3)}, cotangent=normal(3)), "should give a float64 tensor"),
    ],
)
def test_what_an_author_gets_wrong_is_said(of: Gradient, said: str) -> None:
    with pytest.raises(GradientFault, match=said):
        probes(of, Random(1))


def test_claims_come_as_one_tensor_a_tuple_or_a_dict() -> None:
    one = gradient(torch.relu, {"x": X})
    assert claims(X, one)["x"] is X and claims((X,), one)["x"] is X
    assert claims({"w": W, "b": B, "x": X}, AFFINE) == {"x": X, "w": W, "b": B}
    assert claims((X, W, B), AFFINE) == {"x": X, "w": W, "b": B}
    short = claims((X, W), AFFINE)
    assert all(isinstance(claim, str) for claim in short.values())
    assert isinstance(claims((X.T, W, B), AFFINE)["x"], str)
    assert "one of shape (3, 5)" in str(claims((W, W, B), AFFINE)["x"])
    assert "None" in str(claims(None, AFFINE)["b"])


# --- a backward pass beside its own forward pass ------------------------------------------------------------------
CLAIM = Step("gradient", "f", (ONE, HALVES, torch.zeros(2)), wrt=(0,))


def own(claimed: torch.Tensor, slope: float = 3.0) -> dict[str, Any]:
    rows = [[i, 0.5, -slope / 2 * ONE, slope / 2 * ONE] for i in range(2)]
    return {"result": 0 * ONE, "tensors": [["w", claimed, rows]]}


def test_own_figures_are_read_from_what_came() -> None:
    right = own_gradient_errors(own(torch.tensor([3.0, 3.0], dtype=DOUBLE)), CLAIM)
    assert isinstance(right, list) and right[0].right and right[0].compared == 2
    wrong = own_gradient_errors(own(torch.tensor([3.0, 2.0], dtype=DOUBLE)), CLAIM)
    assert isinstance(wrong, list) and not wrong[0].right and "at w[1]" in wrong[0].sentence
    named = replace(CLAIM, argument_names=("weights",))  # as the task calls it
    wrong = own_gradient_errors(own(torch.tensor([3.0, 2.0], dtype=DOUBLE)), named)
    assert isinstance(wrong, list) and "at weights[1]" in wrong[0].sentence


@pytest.mark.parametrize(
    "value",
    [
        None,
        {},
        {"result": 3.0, "tensors": []},
        {"result": torch.zeros(1, dtype=DOUBLE), "tensors": []},
        {"result": torch.zeros(1), "tensors": []},
        {"result": torch.zeros(1, dtype=DOUBLE), "tensors": [["w", None, []]]},
        {"result": torch.zeros(1, dtype=DOUBLE), "tensors": [["w"]]},
        {"result": torch.zeros(1, dtype=DOUBLE), "tensors": [["w", torch.zeros(2), [[7, 1.0, 2.0, 3.0]]]]},
        {"result": torch.zeros(1, dtype=DOUBLE), "tensors": [["w", torch.zeros(2), []]]},
        {"result": torch.zeros(1, dtype=DOUBLE), "tensors": [["w", torch.zeros(2), [[0, 1.0, X, X], [1, 1.0, X, X]]]]},
        {"result": torch.zeros(1, dtype=DOUBLE), "tensors": [["w", torch.zeros(1), [[0, 1.0, G, G]]]]},
        {"result": torch.zeros(1, dtype=DOUBLE), "tensors": [["w", torch.zeros(1), [[0, 0.0, ONE, ONE]]]]},
    ],
)
def test_whatever_else_comes_is_a_sentence(value: Any) -> None:
    assert isinstance(own_gradient_errors(value, CLAIM), str)


# --- through the sandbox ------------------------------------------------------------------------------------------

DERIVED = """
    import torch
    from grader.spec import case, cases, gradient

    def forward(x, w):
        return torch.tanh(x @ w)

    def f(dy, x, w):
        back = dy * (1 - forward(x, w) ** 2)
        return back @ w.T, x.T @ back{spoil}

    @cases
    def points(rng):
        x, w, dy = (rng.normal(*size, dtype=torch.float64) for size in ((7, 5), (5, 3), (7, 3)))
        yield case(dy=dy, x=x, w=w, gradient=gradient(forward, {{"x": x, "w": w}}, cotangent=dy), label="seven rows")
"""
ANSWER = """
import torch
def f(dy, x, w):
    back = dy * (1 - torch.tanh(x @ w) ** 2)
    return back @ w.T, {dw}
"""


def test_a_derivation_gets_a_figure_for_each_parameter_in_the_sandbox(
    grader: Grader, exercise_of: Callable[..., Exercise]
) -> None:
    exercise = exercise_of(DERIVED.format(spoil=""), extra="outputs: [dx, dw]")
    right = grader.grade(exercise, ANSWER.format(dw="x.T @ back"), {}).parts[0]
    assert right.status == "passed"
    figured = [check for check in right.checks if "gradient of" in check.label]
    assert [check.label for check in figured] == ["seven rows: gradient of x", "seven rows: gradient of w"]
    assert all("relative error" in check.message for check in figured)
    wrong = grader.grade(exercise, ANSWER.format(dw="x.T @ back / 7"), {}).parts[0]
    by_label = {check.label: check for check in wrong.checks}
    assert by_label["seven rows: gradient of x"].status == "passed"
    bad = by_label["seven rows: gradient of w"]
    assert bad.status == "failed" and bad.rel == pytest.approx(6 / 7) and "w[" in bad.message
    assert wrong.score == pytest.approx(4 / 3, abs=0.01)  # the values and one of two gradients are wrong


def test_a_wrong_reference_is_found_by_its_definition_in_the_sandbox(
    grader: Grader, exercise_of: Callable[..., Exercise]
) -> None:
    exercise = exercise_of(DERIVED.format(spoil=" * 1.001"))
    verdict = grader.grade(exercise, ANSWER.format(dw="x.T @ back"), {}).parts[0]
    assert verdict.status == "grader_error" and "not the gradient of its definition by w" in verdict.message


OWN = """
    import torch
    from grader.spec import cases, mistake, script

    class Scale(torch.autograd.Function):
        @staticmethod
        def forward(ctx, x, w):
            ctx.save_for_backward(x, w)
            return x * w

        @staticmethod
        def backward(ctx, dy):
            x, w = ctx.saved_tensors
            return dy * w, {dw}

    class f(torch.nn.Module):
        def __init__(self, size):
            super().__init__()
            self.w = torch.nn.Parameter(torch.linspace(1, 2, size, dtype=torch.float64))
            self.drop = torch.nn.Dropout(0.5)

        def forward(self, x):
            return self.drop(Scale.apply(x, self.w))
"""
MEAN = """
    class Mean(Scale):
        @staticmethod
        def backward(ctx, dy):
            x, w = ctx.saved_tensors
            return dy * w, (dy * x).mean(0)

    @mistake("mean-taken", "Takes a mean.", hint="Is it a mean over the rows?")
    class MeanTaken(f):
        def __init__(self, size):
            super().__init__(size)
            self.weight = self.w
            del self.w

        def forward(self, x):
            return self.drop(Mean.apply(x, self.weight))
"""
PLAY = """
    @cases
    def life(rng):
        s = script("own backward")
        layer = s.new("f", 3)
        x, dy = (rng.normal(5, 3, dtype=torch.float64) for _ in range(2))
        s.gradcheck(layer, x, cotangent=dy, fractions=rng.uniform(6).tolist(), wrt=[0], parameters=True)
        yield s
"""


def test_a_backward_pass_is_held_against_its_own_forward_pass_in_the_sandbox(
    grader: Grader, exercise_of: Callable[..., Exercise]
) -> None:
    exercise = exercise_of(OWN.format(dw="(dy * x).sum(0)") + PLAY + MEAN)
    answer = textwrap.dedent(OWN)
    right = grader.grade(exercise, answer.format(dw="(dy * x).sum(0)"), {}).parts[0]
    assert right.status == "passed", right
    wrong = grader.grade(exercise, answer.format(dw="(dy * x).mean(0)"), {}).parts[0]
    check = next(check for check in wrong.checks if check.label == "own backward: gradient")
    assert check.status == "failed" and check.where == "w" and check.rel == pytest.approx(0.8)
    assert [one.name for one in check.diagnosis] == ["mean-taken"] and check.hint == "Is it a mean over the rows?"
    late = answer.format(dw="(dy * x).sum(0)").replace("return x * w", "return (x * w).float()")
    said = grader.grade(exercise, late, {}).parts[0].checks[-1]
    assert said.status == "error" or "float32" in said.message
