"""An answer that leaves out part of its data, ignores an argument or is right for one size only is told so."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.grading import Grader
from lessons.schema import Exercise

MEAN = """
    from grader.spec import case, cases

    def f(x, scale, batch_size, of):
        total = 0.0
        for batch in x.split(batch_size):
            total = total + of(batch).sum(0)
        return scale * total / len(x)

    @cases
    def some(rng):
        for n, scale, batch_size, of in [(7, 0.5, 3, "square"), (10, 2.0, 4, "sine"), (11, 0.5, 3, "sine")]:
            yield case(rng.normal(n, 5), scale=scale, batch_size=batch_size, of=fixture(of))
    """
FIXTURES = """
import torch
square = torch.square
sine = torch.sin
"""
WHOLE = "total = sum(of(batch).sum(0) for batch in x.split(batch_size))"


def told(grader: Grader, exercise: Exercise, body: str, arguments: str = "x, scale, batch_size, of") -> tuple[str, str]:
    """The name and the sentence of the finding."""
    code = "\n".join(f"    {line}" for line in body.splitlines())
    verdict = grader.grade(exercise, f"import torch\ndef f({arguments}):\n{code}\n", {}, seed=2).parts[0]
    first = next(check for check in verdict.checks if check.status != "passed")
    return (first.diagnosis[0].name, first.diagnosis[0].message) if first.diagnosis else ("", "")


@pytest.fixture
def mean(exercise_of: Callable[..., Exercise]) -> Exercise:
    return exercise_of(MEAN.replace("import case, cases", "import case, cases, fixture"), fixtures=FIXTURES)


@pytest.mark.parametrize(
    ("body", "part"),
    [
        ("x = x[-1:]\n{}\nreturn scale * total", "the last entry only"),
        ("x = x[:-1]\n{}\nreturn scale * total / len(x)", "all but the last entry"),
        ("x = x.split(batch_size)[-1]\n{}\nreturn scale * total / len(x)", "the last mini-batch only"),
        ("x = x[:len(x) // batch_size * batch_size]\n{}\nreturn scale * total / len(x)", "the whole mini-batches only"),
    ],
)
def test_a_part_of_the_data(grader: Grader, mean: Exercise, body: str, part: str) -> None:
    name, said = told(grader, mean, body.format(WHOLE))
    assert (name, said) == ("part-of-data", f"This is the right result for a part of the data: {part}.")


def test_an_argument_that_is_not_used(grader: Grader, mean: Exercise) -> None:
    name, said = told(grader, mean, WHOLE + "\nreturn 0.5 * total / len(x)")
    assert (name, said) == ("argument-ignored", "The result does not depend on scale, as if it were always 0.5.")
    name, said = told(grader, mean, WHOLE.replace("of(batch)", "torch.sin(batch)") + "\nreturn scale * total / len(x)")
    assert (name, said) == ("argument-ignored", "The result does not depend on of, as if it were always sine.")


def test_a_size_that_is_written_into_the_code(grader: Grader, mean: Exercise) -> None:
    name, said = told(
        grader, mean, WHOLE + "\nreturn (scale * total / len(x)) * torch.ones(10, 1)[:len(x), 0].sum() / len(x)"
    )
    assert name != "one-size"
    body = "x = x.reshape(7, 5)\n" + WHOLE + "\nreturn scale * total / len(x)"
    name, said = told(grader, mean, body)
    assert name == "one-size"
    assert "x (7, 5)" in said


def test_what_is_right_is_not_of_one_size(grader: Grader, mean: Exercise) -> None:
    name, _ = told(grader, mean, WHOLE + "\nx *= 1.5\nreturn scale * total / len(x)")
    assert name == "changed-in-place"


def test_what_is_wrong_in_another_way_rests_on_nothing(grader: Grader, mean: Exercise) -> None:
    for body in ("return x.sum(0)", "return scale * x.mean(0).cos()", WHOLE + "\nreturn scale + total / len(x)"):
        assert told(grader, mean, body)[0] not in ("part-of-data", "argument-ignored", "one-size")
