"""Proves a question: it accepts its own answer and knows each of its slips; a numeric one, drawn, fills its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from grader.questions.answers import judge, written
from grader.questions.sampling import QuestionFault, sample
from grader.records.given import Given
from grader.records.verdict import PartVerdict
from grader.spec.question import Question
from lessons.lint.rules.prose import FORMULA
from lessons.schema import Exercise, Part

SEEDS = range(1, 11)
"""More than a proof of code needs: whether a slip meets the answer depends on the numbers that are drawn."""
PLACE = re.compile(r"\{([^\W\d]\w*)\}")
ARGUMENT = re.compile(r"(?<=[\w}\]^_])\{\w+\}")
"""In a formula: what belongs to the command, the brace, the power or the index before it."""


def complaints(exercise: Exercise, part: Part) -> Iterator[tuple[str, str]]:
    """File and sentence for all that does not hold at the first seed at which something does not."""
    for seed in SEEDS:
        try:
            found = list(_of(exercise, part, sample(exercise, part, seed), seed))
        except QuestionFault as fault:
            found = [("questions.py", str(fault).removeprefix(f"{exercise.folder.resolve()}/"))]
        yield from found
        if found:
            return


def complaints_of_formula(exercise: Exercise, part: Part) -> Iterator[tuple[str, str]]:
    """File and sentence for what does not hold of a part that is answered with a formula."""
    try:
        verdict = _judged(exercise, part, part.formula, 0)
    except QuestionFault as fault:
        yield "exercise.yaml", str(fault)
        return
    if verdict.status != "passed":
        yield "exercise.yaml", "its own formula is not accepted"
    for slip in part.slips:
        [check] = _judged(exercise, part, slip.formula, 0).checks
        if check.status == "passed":
            yield "exercise.yaml", f"the slip `{slip.formula}` is the right formula"
        elif check.hint != slip.why:
            yield "exercise.yaml", f"the slip `{slip.formula}` is answered with: {check.hint or check.message}"
    text = part.text or ""
    for letter in part.letters:
        if f"`{letter}`" not in text:
            yield "exercise.yaml", f"the text does not say what `{letter}` stands for"


def _of(exercise: Exercise, part: Part, question: Question, seed: int) -> Iterator[tuple[str, str]]:
    text = part.text or ""
    for name in sorted(places(text) - question.values.keys()):
        yield "exercise.yaml", f"the text asks for `{{{name}}}`, and the question gives no such value"
    for name in question.values:
        if f"{{{name}}}" not in text:
            yield "questions.py", f"the value `{name}` does not stand in the text"
    right = question.answer
    verdict = _judged(exercise, part, right, seed)
    if verdict.status != "passed":
        wrong = next((check for check in verdict.checks if check.status != "passed"), None)
        shown = f"{wrong.label} = {wrong.got}" if wrong else verdict.message
        yield "questions.py", f"seed {seed}: its own answer, {shown}, is not accepted: does the tolerance fit?"
        return
    for slip, feedback in question.slips.items():
        if isinstance(right, dict) and not (isinstance(slip, tuple) and len(slip) == 2 and slip[0] in right):
            yield "questions.py", f"the slip {slip!r} is none of this table: write (row, wrong value)"
            continue
        row, wrong_value = slip if isinstance(right, dict) else (None, slip)
        name = f"`{written(wrong_value)}`" + (f" in the row {row}" if row is not None else "")
        given: Any = {**right, str(row): wrong_value} if isinstance(right, dict) else wrong_value
        verdict = _judged(exercise, part, given, seed)
        check = next((check for check in verdict.checks if check.status != "passed"), None)
        if check is None:
            yield "questions.py", f"seed {seed}: the slip {name} is the answer"
        elif check.message != feedback:
            yield "questions.py", f"seed {seed}: the slip {name} is answered with: {check.message}"


def places(text: str) -> set[str]:
    """The `{name}`s of a text that are to be filled. In a formula the arguments of commands are none."""
    formulas = " ".join(ARGUMENT.sub("", found[0]) for found in FORMULA.finditer(text))
    return set(PLACE.findall(FORMULA.sub(" ", text))) | set(PLACE.findall(formulas))


def _judged(exercise: Exercise, part: Part, value: Any, seed: int) -> PartVerdict:
    """The verdict on an answer as a learner would write it."""
    table = isinstance(value, dict)
    given: Any = {row: written(item) for row, item in value.items()} if table else written(value)
    return judge(exercise, part, Given(value=given, nonce=seed))
