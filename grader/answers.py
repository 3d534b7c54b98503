"""Answers that are values: a choice, several, a number, a table, a choice with an essay. Plain Python, no torch."""

from __future__ import annotations

import math
import random
import re
from dataclasses import dataclass
from typing import Any

import msgspec

from grader.questions import QuestionFault, draw
from grader.spec import Question, stream
from grader.submission import Given
from grader.verdict import Check, Finding, PartVerdict, worst
from lessons.schema import Exercise, Option, Part

IMPOSSIBLE = ("none", "no", "impossible", "incompatible", "x", "-", "✗")
"""How "this cannot be" is answered."""
YES, NO = ("true", "yes"), ("false", "no")


@dataclass(frozen=True)
class Asked:
    """A question as it is shown. The same nonce always gives the same."""

    text: str
    options: tuple[Option, ...]
    rows: tuple[str, ...]
    values: dict[str, Any]


def ask(exercise: Exercise, part: Part, nonce: int) -> Asked:
    """A part's question: options in an order drawn from the nonce, or fresh numbers. Raises QuestionFault."""
    text = (part.text or "").strip()
    if part.kind == "numeric":
        question = draw(exercise, part, nonce)
        rows = tuple(question.answer) if isinstance(question.answer, dict) else ()
        return Asked(fill(text, question.values), (), rows, question.values)
    options = list(part.options)
    random.Random(stream(nonce, exercise.id, part.id)).shuffle(options)
    return Asked(text, tuple(options), (), {})


def fill(text: str, values: dict[str, Any]) -> str:
    """The text with each `{name}` of the values filled in; other braces stay, as formulas have them."""
    return re.sub(r"\{(\w+)\}", lambda m: str(values.get(m[1], m[0])), text)


def typed(part: Part, text: str, essay: str = "") -> Any:
    """An answer as typed, in the form that is stored: a list for multi, a table by row, a choice with its essay."""
    if part.kind == "multi":
        return [piece for piece in re.split(r"[,\s]+", text.strip()) if piece]
    if part.kind == "explain" and essay:
        return {"choice": text.strip(), "essay": essay}
    rows = rows_of(text) if part.kind == "numeric" else {}
    return rows or text.strip()


def judge(exercise: Exercise, part: Part, given: Given | None) -> PartVerdict:
    """The verdict on a part that is answered with a value. Raises QuestionFault."""
    if given is None or given.value in (None, "", [], {}):
        return _verdict(part, [], message="Not answered yet.")
    if part.kind == "numeric":
        if given.nonce is None:
            return _verdict(
                part, [], message="The answer does not say which numbers it is for; open the question again."
            )
        return _numeric(part, draw(exercise, part, given.nonce), given.value)
    if part.kind == "multi":
        return _multi(part, given.value)
    return _choice(part, given.value)


def _verdict(part: Part, checks: list[Check], message: str = "") -> PartVerdict:
    total = sum(check.max for check in checks) or 1.0
    status = worst([check.status for check in checks]) if checks else "failed"
    score = round(part.points * sum(check.score for check in checks) / total, 2)
    return PartVerdict(
        part=part.id,
        kind=part.kind,
        status=status,
        score=float(part.points) if status == "passed" else score,
        max=float(part.points),
        message=message,
        checks=tuple(checks),
    )


def _checked(label: str, right: bool, message: str = "", weight: float = 1.0, **fields: Any) -> Check:
    status: Any = "passed" if right else "failed"
    return Check(label=label, status=status, score=weight if right else 0.0, max=weight, message=message, **fields)


# --- choice, explain, multi ---------------------------------------------------------------------------------------


def _choice(part: Part, value: Any) -> PartVerdict:
    essay = ""
    if isinstance(value, dict):
        essay, value = str(value.get("essay", "")), value.get("choice")
    chosen = next((option for option in part.options if option.id == value), None)
    if chosen is None:
        names = ", ".join(option.id for option in part.options)
        return _verdict(part, [_checked("choice", False, f"{value!r} is none of the options: {names}.")])
    message = "" if chosen.right else chosen.why or ""
    check = _checked("choice", chosen.right, message, got=chosen.text.strip())
    words = len(essay.split())
    note = f"Your text ({words} words) is kept beside the choice; compare it with the model answer." if essay else ""
    return _verdict(part, [check], note)


def _multi(part: Part, value: Any) -> PartVerdict:
    chosen = {str(item) for item in value} if isinstance(value, list) else set(re.split(r"[,\s]+", str(value).strip()))
    known = {option.id for option in part.options}
    unknown = sorted(chosen - known - {""})
    if unknown:
        names = ", ".join(option.id for option in part.options)
        return _verdict(part, [_checked("options", False, f"{unknown[0]!r} is none of the options: {names}.")])
    checks = []
    for option in part.options:
        right = (option.id in chosen) == option.right
        message = "" if right else option.why or ("This one belongs." if option.right else "This one does not belong.")
        checks.append(_checked(option.text.strip(), right, message, got="chosen" if option.id in chosen else "left"))
    verdict = _verdict(part, checks)
    # every option that is left alone counts as half an answer already: marks start at half
    wrong = sum(check.status != "passed" for check in checks)
    score = max(0.0, round(part.points * (1 - 2 * wrong / len(checks)), 2))
    return verdict if verdict.status == "passed" else msgspec.structs.replace(verdict, score=score)


# --- numbers ------------------------------------------------------------------------------------------------------


def _numeric(part: Part, question: Question, value: Any) -> PartVerdict:
    if not isinstance(question.answer, dict):
        return _verdict(part, [_row("answer", value, question.answer, question, ())])
    table = value if isinstance(value, dict) else rows_of(str(value))
    wanted = {_row_key(name): name for name in question.answer}
    given = {wanted.get(_row_key(str(key)), str(key)): item for key, item in table.items()}
    unknown = [key for key in given if key not in question.answer]
    checks = [
        _row(name, given[name], answer, question, (name,)) if name in given else _checked(name, False, "No answer yet.")
        for name, answer in question.answer.items()
    ]
    message = f"There is no row {unknown[0]!r}." if unknown else ""
    return _verdict(part, checks, message)


def rows_of(text: str) -> dict[str, str]:
    """`A-C=2x5x2, A-B=none` as a table. Pieces without `=` are left out."""
    pieces = [piece.partition("=") for piece in re.split(r"[;,]\s*(?=[^,;=]+=)", text)]
    return {key.strip(): value.strip() for key, mark, value in pieces if mark}


def _row_key(name: str) -> str:
    return re.sub(r"\W+", "", name).lower()


def _row(label: str, value: Any, answer: Any, question: Question, row: tuple[str, ...]) -> Check:
    parsed = parse(value, answer)
    if isinstance(parsed, Unreadable):
        return _checked(label, False, parsed.message, got=str(value)[:60])
    if _same(parsed, answer, question.tolerance):
        return _checked(label, True, got=written(parsed))
    slip = next((text for wrong, text in question.slips.items() if _slip(wrong, row, parsed, question)), None)
    finding = (Finding(name="slip", message=slip),) if slip else ()
    return _checked(label, False, slip or "This is not it.", got=written(parsed), diagnosis=finding, hint=slip)


def _slip(wrong: Any, row: tuple[str, ...], parsed: Any, question: Question) -> bool:
    if row:
        if not (isinstance(wrong, tuple) and len(wrong) == 2 and wrong[0] == row[0]):
            return False
        wrong = wrong[1]
    return _same(parsed, wrong, question.tolerance)


def _same(got: Any, answer: Any, tolerance: float) -> bool:
    numbers = isinstance(answer, int | float) and not isinstance(answer, bool)
    if numbers and isinstance(got, int | float) and not isinstance(got, bool):
        return math.isclose(got, answer, rel_tol=1e-9, abs_tol=max(tolerance, 1e-12))
    return type(got) is type(answer) and bool(got == answer)


@dataclass(frozen=True)
class Unreadable:
    """An answer that cannot be read; the message says how to write it."""

    message: str


def parse(value: Any, answer: Any) -> Any:
    """A typed answer read as the answer's kind: `2x5x2` or `(2, 5, 2)`, `none`, `3.14`, `1/3`, a word."""
    if isinstance(value, list | tuple):
        value = "x".join(str(item) for item in value) if value else "()"
    if isinstance(value, bool):
        value = "true" if value else "false"
    text = str(value).strip()
    low = text.lower()
    if isinstance(answer, bool):
        return low in YES if low in YES + NO else Unreadable("Answer yes or no.")
    if isinstance(answer, str):
        return text
    if low in IMPOSSIBLE:
        return None
    if isinstance(answer, tuple) or answer is None:
        return _shape(text)
    try:
        number, _, divisor = text.replace("−", "-").partition("/")
        return float(number) / float(divisor) if divisor else float(number)
    except (ValueError, ZeroDivisionError):
        return Unreadable("Answer with a number, such as 12, 0.5, 1e-3 or 2/3.")


def _shape(text: str) -> Any:
    inner = text.strip("()[] ").strip()
    if not inner:
        return ()
    pieces = [piece for piece in re.split(r"\s*[x×*,\s]\s*", inner) if piece]
    if not all(re.fullmatch(r"\d{1,9}", piece) for piece in pieces):
        return Unreadable("Answer with a size such as 2x5x2, or none where it is impossible.")
    return tuple(int(piece) for piece in pieces)


def written(answer: Any) -> str:
    """An answer as a learner would write it."""
    if answer is None:
        return "none"
    if isinstance(answer, bool):
        return "yes" if answer else "no"
    if isinstance(answer, tuple):
        return "x".join(map(str, answer)) if answer else "()"
    return f"{answer:g}" if isinstance(answer, float) else str(answer)


__all__ = ["Asked", "QuestionFault", "ask", "judge", "parse", "rows_of", "written"]
