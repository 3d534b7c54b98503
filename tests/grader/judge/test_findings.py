"""Each finding fires when it should and is silent on look-alikes; the judge names them through the real sandbox."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import torch

from grader.grading import Grader
from grader.judge.findings import BY_NAME, RULES, ValuePair, look
from grader.judge.findings import __main__ as findings_page
from lessons.schema import Exercise

G = torch.Generator().manual_seed(3)
DOUBLE = torch.float64


def normal(*shape: int) -> torch.Tensor:
    return torch.randn(shape, generator=G, dtype=DOUBLE)


X = normal(5, 7)
SQUARE = normal(6, 6)
V = normal(7)
P = X.softmax(1)
POSITIVE = X.abs() + 0.1
IMAGE, KERNEL = normal(6, 8), normal(2, 3)
SMALL = torch.nn.functional.conv2d(IMAGE[None, None], KERNEL[None, None])[0, 0]
FLIPPED = torch.nn.functional.conv2d(IMAGE[None, None], KERNEL.flip(0, 1)[None, None])[0, 0]
LARGE = torch.tensor([1.0, 2.0, 1000.0])
INFINITE = torch.where(X > 0, X, torch.inf)


def pair(
    got: torch.Tensor, expected: torch.Tensor, *inputs: torch.Tensor, kind: str = "", op: str = "call"
) -> ValuePair:
    if not kind:
        kind = "shape" if got.shape != expected.shape else "dtype" if got.dtype != expected.dtype else "value"
    return ValuePair(kind, got, expected, inputs, op)


def padded(*sides: int) -> torch.Tensor:
    image = torch.nn.functional.pad(IMAGE, sides)
    return torch.nn.functional.conv2d(image[None, None], KERNEL[None, None])[0, 0]


EXAMPLES: dict[str, list[ValuePair]] = {
    "transposed": [pair(X.T, X), pair(SQUARE.T, SQUARE), pair(normal(2, 3, 4).permute(2, 1, 0), normal(2, 3, 4))],
    "outer-product": [pair(V + V[:, None], V), pair(V + V[:, None], V[:, None])],
    "size-one": [pair(V[None], V), pair(V, V[:, None]), pair(V[None], V[:, None])],
    "wrong-axis": [pair(X.sum(1), X.sum(0), X), pair(SQUARE.mean(0), SQUARE.mean(1), SQUARE)],
    "reshaped": [pair(X.flatten(), X), pair(X.reshape(7, 5), X)],
    "truncated": [pair((3 * X).long(), 3 * X), pair((3 * X).trunc(), 3 * X), pair((3 * X).floor(), 3 * X)],
    "other-dtype": [pair(X.float(), X), pair(X, X.float()), pair(torch.arange(5), torch.arange(5).double())],
    "overflow": [pair(torch.tensor([0.0, 0.0, torch.nan]), LARGE.softmax(0), LARGE, kind="finite")],
    "log-of-zero": [pair(torch.tensor([0.0, -torch.inf, 1.0]), torch.tensor([0.0, -9.0, 1.0]), kind="finite")],
    "undefined": [pair(torch.where(X > 0, X, torch.nan), INFINITE, X, kind="finite")],
    "infinity-missing": [pair(torch.where(X > 0, X, 0.0), INFINITE, X, kind="finite")],
    "all-zero": [pair(torch.zeros(5, 7, dtype=DOUBLE), X)],
    "all-equal": [pair(torch.full((5, 7), 0.2, dtype=DOUBLE), X)],
    "input-returned": [pair(X, X.relu(), X)],
    "sign-lost": [pair(X.abs(), X)],
    "wrong-sign": [pair(-X, X)],
    "accumulated": [pair(2 * X, X, op="grads"), pair(3 * X, X, op="grads")],
    "not-normalised": [pair(X.exp(), P), pair(X, X / X.norm(dim=1, keepdim=True))],
    "wrong-normalisation": [pair((X * X).softmax(0), (X * X).softmax(1))],
    "single-precision": [pair(X.float().double(), X), pair((X.float() * 3 / 3).double(), X)],
    "imprecise": [pair(X * (1 + 5e-4 * normal(5, 7).clamp(-1, 1)), X)],
    "sum-for-mean": [pair(5 * V, V, X)],
    "mean-for-sum": [pair(V / 5, V, X)],
    "unbiased": [pair(V * 5 / 4, V, X), pair(V * (5 / 4) ** 0.5, V, X)],
    "biased": [pair(V * 4 / 5, V, X)],
    "root-of-size": [pair(V * 5**0.5, V, X), pair(V / 5**0.5, V, X)],
    "factor": [pair(1.3 * V, V, X), pair(-3 * V, V, X), pair(11 * V, V, X)],
    "missing-bias": [pair(X, X + V, V), pair(X + 2 * V, X + V, V), pair(X, X + V[:5, None], V[:5])],
    "offset": [pair(X + 0.7, X)],
    "log-missing": [pair(POSITIVE, POSITIVE.log())],
    "log-doubled": [pair(POSITIVE.log(), POSITIVE)],
    "squared": [pair(X**2, X), pair(POSITIVE.sqrt(), POSITIVE)],
    "reciprocal": [pair(1 / POSITIVE, POSITIVE)],
    "reversed": [pair(V.flip(0), V), pair(X.flip(1), X)],
    "shifted": [pair(V.roll(1), V), pair(X.roll(-2, 1), X)],
    "off-by-one": [pair(torch.cat([V, V[:1]]), V), pair(X[:, 1:], X)],
    "clipped": [pair(X.relu(), X), pair(X.clamp(-1, 1), X)],
    "kernel-flipped": [pair(FLIPPED, SMALL, IMAGE, KERNEL)],
    "one-sided-padding": [
        pair(padded(2, 0, 0, 0), padded(1, 1, 0, 0), IMAGE, KERNEL),
        pair(padded(0, 2, 0, 2), padded(1, 1, 1, 1), IMAGE, KERNEL),
    ],
    "other-order": [pair(V.sort().values, V), pair(X[torch.tensor([4, 2, 0, 1, 3])], X)],
}
A = normal(2, 3, 4)
EXAMPLES["transposed"][2] = pair(A.permute(2, 1, 0), A)

OVERLAPS = {
    # the rule on the left also fits examples of the rules on the right, and is asked later (or is the same thing said
    # of another step); `look` decides
    "reshaped": {"size-one"},
    "undefined": {"overflow"},
    "factor": {"accumulated", "sum-for-mean", "mean-for-sum", "unbiased", "biased", "root-of-size"},
    "other-order": {"transposed", "reversed", "shifted", "single-precision"},
    "all-equal": {"all-zero"},
    "shifted": {"one-sided-padding"},
    "clipped": {"input-returned"},
    "imprecise": {"single-precision"},
}


def test_there_is_an_example_of_every_rule() -> None:
    assert set(EXAMPLES) == set(BY_NAME) and len(BY_NAME) == len(RULES)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_finding_comes_when_it_should(name: str) -> None:
    for one in EXAMPLES[name]:
        found = look([one])
        assert found is not None and found[0].name == name, found
        assert found[1][0].isupper() or found[1][0].isdigit()


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_finding_is_silent_on_look_alikes(name: str) -> None:
    rule = BY_NAME[name]
    wrong = set()
    for other, pairs in EXAMPLES.items():
        for one in pairs:
            if other != name and one.kind in rule.kinds and one.expected.numel() >= rule.smallest and rule.find(one):
                wrong.add(other)
    assert wrong <= OVERLAPS.get(name, set()), wrong
    assert len(EXAMPLES) - 1 - len(wrong) >= 10


@pytest.mark.parametrize("seed", range(20))
def test_noise_looks_like_nothing(seed: int) -> None:
    generator = torch.Generator().manual_seed(seed)
    got, expected, other = (torch.randn(4, 6, generator=generator, dtype=DOUBLE) for _ in range(3))
    assert look([pair(got, expected, other)]) is None
    assert look([pair(expected + 0.1 * got, expected, other)]) is None
    assert look([pair(got[None], expected, other)]) is None and look([pair(got.T, expected, other)]) is None
    assert look([pair(got.flatten(), expected, other)]) is None


def test_a_finding_must_fit_every_wrong_value() -> None:
    twice, thrice = pair(2 * V, V), pair(X, -X)
    assert look([twice])[0].name == "factor"  # type: ignore[index]
    assert look([twice, thrice]) is None
    by_size = [pair(n * V, V, normal(n, 7)) for n in (3, 5, 11)]
    found = look(by_size)
    assert found is not None and found[0].name == "sum-for-mean"
    always_three = [pair(3 * V, V, normal(n, 7)) for n in (3, 5, 11)]
    found = look(always_three)
    assert found is not None and found[0].name == "factor" and "3 times" in found[1]


def test_a_factor_or_an_offset_is_the_same_in_all_cases() -> None:
    found = look([pair(1.3 * V, V), pair(1.3 * X, X)])
    assert found is not None and found[0].name == "factor"
    assert look([pair(1.3 * V, V), pair(1.7 * X, X)]) is None
    assert look([pair(V + 0.7, V), pair(X + 0.9, X)]) is None


def test_zeros_are_not_cut_off_decimals() -> None:
    zero, most = torch.tensor(0.0, dtype=DOUBLE), torch.tensor(0.83, dtype=DOUBLE)
    assert look([pair(zero, most)]) is None
    found = look([pair(torch.zeros(5, dtype=DOUBLE), POSITIVE[0, :5].clamp(max=0.9))])
    assert found is not None and found[0].name == "all-zero"


def test_a_missing_gradient_is_no_end_missed() -> None:
    assert look([pair(V[:2], V[:3])]) is None


def test_infinities_of_two_signs_are_not_the_same_value() -> None:
    both = torch.tensor([torch.inf, -torch.inf, torch.inf, torch.inf], dtype=DOUBLE)
    for got in (both, both.abs()):
        assert not BY_NAME["all-equal"].find(pair(got, V[:4]))


def test_a_sum_that_is_nearly_right_is_not_along_another_axis() -> None:
    right = X.sum(0)
    found = look([pair(right * (1 + 2e-5 * torch.linspace(-1, 1, 7, dtype=DOUBLE)), right, X)])
    assert found is not None and found[0].name == "imprecise"


def test_a_single_number_says_little() -> None:
    one = torch.tensor(3.0, dtype=DOUBLE)
    assert look([pair(2 * one, one)]) is None
    assert look([pair(one + 1, one)]) is None


def test_the_page_about_findings_is_current() -> None:
    page = (Path(__file__).parents[3] / "docs" / "diagnosis.md").read_text(encoding="utf-8")
    assert page == findings_page.page(), "run: make diagnosis"


# --- through the sandbox ------------------------------------------------------------------------------------------

REFERENCE = """
    import torch
    from grader.spec import case, cases, script

    def f(x, w):
        return (x @ w).softmax(1)

    class Net(torch.nn.Module):
        def __init__(self):
            super().__init__()
            self.w = torch.nn.Parameter(torch.ones(3))
        def forward(self, x):
            return x * self.w

    @cases
    def some(rng):
        for n, d, k in [(4, 3, 5), (7, 2, 3)]:
            yield case(x=rng.normal(n, d), w=rng.normal(d, k), observe=("unchanged_inputs", "grad_fn"), wrt=[1])
        s = script("a module")
        net = s.new("Net")
        s.call(net, rng.normal(4, 3))
        s.backward(rng.normal(4, 3))
        s.grads(net)
        yield s
"""
NET = """
class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.w = torch.nn.Parameter(torch.ones(3))
    def forward(self, x):
        return {forward}
"""


@pytest.mark.parametrize(
    ("code", "forward", "name"),
    [
        ("return (x @ w).softmax(0)", "x * self.w", "wrong-normalisation"),
        ("return (x @ w).exp()", "x * self.w", "not-normalised"),
        ("return (x @ w).softmax(1).T", "x * self.w", "transposed"),
        ("return (x @ w).softmax(1).double()", "x * self.w", "other-dtype"),
        ("x *= 1.5\n    return ((x / 1.5) @ w).softmax(1)", "x * self.w", "changed-in-place"),
        ("return (x @ w).softmax(1).detach()", "x * self.w", "detached"),
        ("return (x @ w).softmax(1)", "x * self.w.detach() + 0 * x.requires_grad_()", "detached"),
        ("return (x @ w).softmax(1)", "-x * self.w", "wrong-sign"),
    ],
)
def test_the_judge_names_it(
    grader: Grader, exercise_of: Callable[..., Exercise], code: str, forward: str, name: str
) -> None:
    source = f"import torch\ndef f(x, w):\n    {code}\n" + NET.format(forward=forward)
    verdict = grader.grade(exercise_of(REFERENCE), source, {}, seed=2).parts[0]
    first = next(check for check in verdict.checks if check.status != "passed")
    assert [finding.name for finding in first.diagnosis] == [name], verdict
    assert first.hint


def test_the_authors_hint_for_a_finding_wins(grader: Grader, exercise_of: Callable[..., Exercise]) -> None:
    exercise = exercise_of(REFERENCE, extra="hints: [{when: not-normalised, text: Ours.}]")
    source = "import torch\ndef f(x, w):\n    return (x @ w).exp()\n" + NET.format(forward="x * self.w")
    assert grader.grade(exercise, source, {}, seed=2).parts[0].checks[0].hint == "Ours."
