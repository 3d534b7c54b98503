"""What a lesson's `reference.py` and `questions.py` are written with.

A reference names the right answer like the learner's `entry`, draws its inputs in `@cases` functions and may add
checks, other right answers and the wrong answers that learners give:

    from grader.spec import Rng, case, cases, edit, mistake

    def double(x):
        return 2 * x

    @cases
    def vectors(rng: Rng):
        yield case(x=rng.normal(7), label="seven numbers")

    @mistake("squares", "Squares instead of doubling.", hint="What is the double of 3?")
    def squares(x):
        return x * x

    edit("trebles", "Trebles.", hint="Is the double of 1 three?", replace=("2", "3"))

Nothing here is imported by a lesson's text, a demo or the learner's code. The module imports torch only when a
tensor is drawn, so that questions are judged by a plain Python.
"""

from __future__ import annotations

from grader.spec.edit import edit, edit_alternative
from grader.spec.finding import Finding, beats_majority, falls, overfits, reaches
from grader.spec.inputs import Fixture, GeneratorInput, Handle, PathInput, fixture
from grader.spec.labels import plural
from grader.spec.marks import alternative, cases, check, forall, mistake
from grader.spec.question import Question
from grader.spec.rng import Rng, stream
from grader.spec.script import Case, Gradient, Script, Step, case, gradient, script
from grader.spec.timing import measured, operations

__all__ = [
    "Case",
    "Finding",
    "Fixture",
    "GeneratorInput",
    "Gradient",
    "Handle",
    "PathInput",
    "Question",
    "Rng",
    "Script",
    "Step",
    "alternative",
    "beats_majority",
    "case",
    "cases",
    "check",
    "edit",
    "edit_alternative",
    "falls",
    "fixture",
    "forall",
    "gradient",
    "measured",
    "mistake",
    "operations",
    "overfits",
    "plural",
    "reaches",
    "script",
    "stream",
]
