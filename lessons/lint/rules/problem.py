"""What the linter has against a course: a rule that is not kept, and where."""

from __future__ import annotations

from pathlib import Path

import msgspec

from lessons.loading.source import KeyPath, Source

RULES: dict[str, str] = {
    "coverage": "what the specification asks for is covered by somebody who says so, or waived",
    "numbers": "a unit's table of numbers agrees with the coverage",
    "fields": "a part has the keys of its kind, and no others",
    "hints": "three hints or more where code is written, the solution only in the last",
    "options": "the right number of right options, and a reason for every wrong one",
    "prompt": "an exercise has a prompt",
    "starter": "the file the learner starts from can be read and defines what is asked for",
    "reference": "the reference defines the entry and has cases, mistakes and alternatives for each part",
    "stated": "a bound of a check stands in what the learner is told, and is that of the check's name",
    "edit": "an answer that is written as a change of the reference can be made from it",
    "imports": "trusted files import only what they may",
    "questions": "a numeric part has its function in questions.py",
    "needs": "needs name what there is, form no circle, and come after what they need",
    "concepts": "an exercise asks only for what has been taught",
    "glossary": "what a lesson teaches is explained in the glossary, whose entries lead to each other",
    "demos": "a demo can be read, and leaves the names that its facts measure",
    "logs": "what a demo logs is drawn",
    "formulas": "every formula can be shown in a terminal",
    "identifiers": "learners do not meet the identifiers of the specification",
    "cards": "the text of a card is not longer than a screen",
    "screen": "a card is at most 40 lines at 96 columns, without the code of demos, which is folded where it is longer",
    "packages": "the folders of the course are data, not packages",
    "when": "the condition of a hint is something that a verdict can say, and a solution has none",
    "leak": "nothing of the reference is in what a learner receives, and only the last hint holds the solution",
    "todo": "nothing is left to be written",
    "waivers": "a waiver names a rule, and the rule would find something",
}
"""The rules by name, each in half a sentence."""

PROVED: dict[str, str] = {
    "starter-fails": "the file the learner starts from is judged, and is not right already",
    "reference-passes": "the reference passes its own cases and checks, on several seeds",
    "alternative-passes": "every other right answer passes",
    "solution-passes": "what is shown as the course's solution passes",
    "last-hint-passes": "what the last hint shows passes in the starter's place",
    "mistake-fails": "every mistake fails",
    "mistake-hint": "every mistake is answered with its own hint first",
    **{
        f"trivial-{name}": f"{name} in the place of the right tensors do not pass"
        for name in ("zeros", "ones", "mean", "constant", "shuffled", "transposed", "nan", "broadcast")
    },
    "trivial-numbers": "the prompt's own numbers in the place of the right ones do not pass",
    "trivial-first": "an answer that is right on its first call only does not pass",
    "trivial-again": "an answer that gives its first result again and again does not pass",
    "nothing-passes": "None, a text, NaN or an empty list does not pass in the place of any one result",
    "shapes": "an input tells a right result from one that is transposed, broadcast or padded",
    "labels": "the labels of cases count in good English",
    "tolerance": "the reference passes beside itself computed in float64: its tolerance allows for rounding",
    "budget": "the reference needs a fifth of the part's budget, or less",
    "facts": "a demo runs, and measures what it states",
    "drawn": "a numeric question fills its text; it and a formula accept their own answer and know each of their slips",
}
"""What takes judging to be found (`grader.proof.claims.claims`); waived like the other rules."""


class Problem(msgspec.Struct, frozen=True, order=True):
    """A rule that is not kept at a place; line and column count from 1."""

    path: Path
    line: int
    column: int
    rule: str
    message: str
    part: str = ""
    """The part of the exercise that it is about, empty where it is none in particular."""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.message} [{self.rule}]"


def problem(rule: str, source: Source, at: KeyPath, message: str, *, key: bool = False) -> Problem:
    """A problem at a path of a YAML file."""
    mark = source.mark(at, key=key)
    return Problem(source.path, mark.line, mark.column, rule, message, part_at(source, at))


def part_at(source: Source, at: KeyPath) -> str:
    """The part of an exercise.yaml that a path leads into; empty where it leads into none."""
    match at:
        case ("parts", int(number), *_) if number < len(source.data["parts"]):
            return str(source.data["parts"][number].get("id", ""))
    return ""
