"""What a verdict opens of a part's hints: a condition that came, and no other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.grading import Grader
from lessons.schema import Exercise

REFERENCE = """
    from grader.spec import case, cases, mistake

    def f(x):
        return 2.0 * x

    @cases
    def vectors(rng):
        yield case(x=rng.normal(5))
        yield case(x=rng.normal(7))

    @mistake("trebles", "Trebles.", hint="Of the mistake.")
    def trebles(x):
        return 3.0 * x
"""
HINTS = "hints:\n" + "".join(
    f"  - {{when: {name}, text: About {name}.}}\n"
    for name in ("error", "timeout", "dtype", "shape", "failed", "trebles", "forbidden-call")
)
ANSWERS = {
    "right": ("def f(x): return 2 * x", ()),
    "an exception": ("def f(x): return x.no", ("error",)),
    "the starter": ("def f(x): raise NotImplementedError('write f')", ()),
    "no such name": ("def g(x): return x", ()),
    "a dtype": ("def f(x): return (2 * x).double()", ("dtype", "failed")),
    "a size": ("def f(x): return 2 * x[:1]", ("shape", "failed")),
    "a mistake": ("def f(x): return 3 * x", ("failed", "trebles")),
    "a forbidden call": ("def f(x): return 2 * x.clone()", ("failed", "forbidden-call")),
    "a file that cannot be loaded": ("import nothing_of_that_name", ("error",)),
    "a file that is not written": ("raise NotImplementedError('write it')", ()),
    "no end": ("def f(x):\n    while True: pass", ("timeout", "failed")),
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_verdict_opens_the_hints_whose_condition_came(
    grader: Grader, exercise_of: Callable[..., Exercise], answer: str
) -> None:
    exercise = exercise_of(REFERENCE, extra=f"forbid: [.clone]\nbudget: {{seconds: 0.2}}\n{HINTS}")
    source, opens = ANSWERS[answer]
    verdict = grader.grade(exercise, source + "\n", {}).parts[0]
    assert sorted(verdict.opens) == sorted(opens)
    for check in verdict.checks:
        about = (check.hint or "").removeprefix("About ").removesuffix(".")
        assert not (check.hint or "").startswith("About ") or about in verdict.opens
