"""Answers that are values: a choice, several, a number, a table, a choice with an essay. Plain Python, no torch."""

from __future__ import annotations

import math
import random
import re
from dataclasses import dataclass
from typing import Any

import msgspec

from grader.questions import arithmetic, formula
from grader.questions.sampling import QuestionFault, sample
from grader.records.given import Given
from grader.records.verdict import Check, Diagnosis, PartVerdict, worst
from grader.secret import drawn_from
from grader.spec.question import Question
from grader.spec.rng import stream
from lessons.schema import Exercise, Option, Part

IMPOSSIBLE = ("none", "no", "impossible", "incompatible", "x", "-", "✗")
"""How "this cannot be" is answered."""
QUOTED = 60
"""Characters that are quoted of an answer."""
REASONS = 2
"""How many wrong options of a multi part are named at a time."""
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
        question = sample(exercise, part, nonce)
        rows = tuple(question.answer) if isinstance(question.answer, dict) else ()
        return Asked(fill(text, question.values), (), rows, question.values)
    if part.kind == "formula":
        return Asked(text, (), (), {})
    options = list(part.options)
    random.Random(stream(drawn_from(nonce), exercise.id, part.id)).shuffle(options)
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
        return _numeric(part, sample(exercise, part, given.nonce), given.value)
    if part.kind == "formula":
        return _formula(part, str(given.value))
    if part.kind == "multi":
        return _multi(part, given.value)
    return _choice(part, given.value) if part.options else _essay(part)


def misread(exercise: Exercise, part: Part, given: Given) -> str | None:
    """Why an answer says nothing at all, with how to write it - a slip of the hand, which costs no attempt.

    None for an answer that can be judged, be it right or wrong. Raises QuestionFault.
    """
    if part.kind == "formula":
        read = _read(part, str(given.value))
        return read.message if isinstance(read, Unreadable) else None
    if part.kind != "numeric":
        chosen = _chosen(part, given.value)
        return _no_option(part, unknown[0]) if (unknown := [c for c in chosen if not _option(part, c)]) else None
    if given.nonce is None:
        return None
    question = sample(exercise, part, given.nonce)
    if not isinstance(question.answer, dict):
        parsed = parse(given.value, question.answer)
        return parsed.message if isinstance(parsed, Unreadable) else None
    rows, unknown_rows = _table(question.answer, given.value)
    if unknown_rows or not rows:
        return _no_row(question.answer, unknown_rows)
    for name, item in rows.items():
        if isinstance(parsed := parse(item, question.answer[name]), Unreadable):
            return f"{name}: {parsed.message}"
    return None


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
    essay = str(value.get("essay", "")) if isinstance(value, dict) else ""
    (id,) = _chosen(part, value)
    chosen = _option(part, id)
    if chosen is None:
        return _verdict(part, [_checked("choice", False, _no_option(part, id))])
    message = "" if chosen.right else chosen.why or ""
    check = _checked("choice", chosen.right, message, got=chosen.text.strip())
    words = len(essay.split())
    note = f"Your text ({words} words) is kept beside the choice; compare it with the model answer." if essay else ""
    return _verdict(part, [check], note)


def _essay(part: Part) -> PartVerdict:
    """A text is never judged by a program: it is kept, and neither passes nor fails."""
    message = "Your text is kept. It is not judged here: compare it with the model answer."
    return msgspec.structs.replace(_verdict(part, [], message), status="skipped")


def _chosen(part: Part, value: Any) -> list[str]:
    """The ids that an answer names: one for a choice, any number for a multi part, none for an essay alone."""
    if part.kind != "multi":
        value = value.get("choice", "") if isinstance(value, dict) else value
        return [str(value)] if part.options else []
    items = [str(item) for item in value] if isinstance(value, list) else re.split(r"[,\s]+", str(value))
    return sorted({item for item in items if item})


def _option(part: Part, id: str) -> Option | None:
    return next((option for option in part.options if option.id == id), None)


def _no_option(part: Part, id: str) -> str:
    names = sorted(option.id for option in part.options)  # in the file's order the right one often comes first
    return (
        f"{id[:QUOTED]!r} is none of the options: {', '.join(names)}." if id else f"Choose one of {', '.join(names)}."
    )


def _multi(part: Part, value: Any) -> PartVerdict:
    chosen = _chosen(part, value)
    unknown = [id for id in chosen if not _option(part, id)]
    if unknown:
        return _verdict(part, [_checked("options", False, _no_option(part, unknown[0]))])
    wrong = [option for option in part.options if (option.id in chosen) != option.right]
    count = len(part.options)
    # what is left alone rightly is half an answer already: marks begin at half
    score = max(0.0, round(part.points * (1 - 2 * len(wrong) / count), 2))
    said = f"{count - len(wrong)} of {count} options are as they should be."
    checks = [_checked("options", not wrong, said if wrong else "")]
    # what is said of one that was not chosen would give it away, and two reasons are enough to think again
    for option in [option for option in wrong if option.id in chosen][:REASONS]:
        said = option.why or "This one does not belong."
        checks.append(_checked(option.text.strip(), False, said, got="chosen"))
    verdict = _verdict(part, checks)
    return msgspec.structs.replace(verdict, score=score) if wrong else verdict


# --- formulas -----------------------------------------------------------------------------------------------------


def _formula(part: Part, text: str) -> PartVerdict:
    """Right where it is the same function as the part's own formula, however it is written."""
    got, right = _read(part, text), _read(part, part.formula or "")
    if isinstance(right, Unreadable):
        raise QuestionFault(f"{part.id}: the right formula cannot be read: {right.message}")
    if isinstance(got, Unreadable):
        return _verdict(part, [_checked("formula", False, got.message, got=text[:QUOTED])])
    try:
        differs = formula.difference(got, right, part.letters)
    except formula.Valueless as fault:
        raise QuestionFault(f"{part.id}: {fault}") from None
    if differs is None:
        return _verdict(part, [_checked("formula", True, got=text)])
    at = ", ".join(f"{letter} = {value}" for letter, value in differs.point.items())
    yours = f"gives {differs.got}" if differs.got is not None else "has no value"
    shown = f"For {at} your formula {yours}; {differs.expected} is right."
    slip = next((slip.why for slip in part.slips if formula.means(got, slip.formula, part.letters)), None)
    diagnosis = (Diagnosis(name="slip", message=slip),) if slip else ()
    return _verdict(part, [_checked("formula", False, shown, got=text[:QUOTED], diagnosis=diagnosis, hint=slip)])


def _read(part: Part, text: str) -> formula.Formula | Unreadable:
    try:
        return formula.read(text, part.letters)
    except formula.Unreadable as fault:
        return Unreadable(str(fault))


# --- numbers ------------------------------------------------------------------------------------------------------


def _numeric(part: Part, question: Question, value: Any) -> PartVerdict:
    if not isinstance(question.answer, dict):
        return _verdict(part, [_row("answer", value, question.answer, question, ())])
    given, unknown = _table(question.answer, value)
    checks = [
        _row(name, given[name], answer, question, (name,)) if name in given else _checked(name, False, "No answer yet.")
        for name, answer in question.answer.items()
    ]
    return _verdict(part, checks, _no_row(question.answer, unknown) if unknown or not given else "")


def _table(answer: dict[str, Any], value: Any) -> tuple[dict[str, Any], list[str]]:
    """The rows that an answer fills, by the question's names for them, and the names that are none."""
    table = value if isinstance(value, dict) else rows_of(str(value))
    names = {_row_key(name): name for name in answer}
    known = {names[_row_key(str(key))]: item for key, item in table.items() if _row_key(str(key)) in names}
    return known, [str(key) for key in table if _row_key(str(key)) not in names]


def _no_row(answer: dict[str, Any], unknown: list[str]) -> str:
    start = f"There is no row {unknown[0][:QUOTED]!r}" if unknown else "This fills no row"
    first, *rest = answer
    form = f'"{first}=..{f", {rest[0]}=.." if rest else ""}"'
    return f"{start}; the rows are {', '.join(answer)}. Write {form}."


def rows_of(text: str) -> dict[str, str]:
    """`A-C=2x5x2, A-B=none` as a table. Pieces without `=` are left out."""
    pieces = [piece.partition("=") for piece in re.split(r"[;,]\s*+(?=[^,;=]++=)", text)]
    return {key.strip(): value.strip() for key, mark, value in pieces if mark}


def _row_key(name: str) -> str:
    return re.sub(r"\W+", "", name).lower()


def _row(label: str, value: Any, answer: Any, question: Question, row: tuple[str, ...]) -> Check:
    parsed = parse(value, answer)
    if isinstance(parsed, Unreadable):
        return _checked(label, False, parsed.message, got=str(value)[:QUOTED])
    if _same(parsed, answer, question.tolerance):
        return _checked(label, True, got=written(parsed))
    slip = next((text for wrong, text in question.slips.items() if _slip(wrong, row, parsed, question)), None)
    diagnosis = (Diagnosis(name="slip", message=slip),) if slip else ()
    got = written(parsed)[:QUOTED]
    return _checked(label, False, slip or "This is not right.", got=got, diagnosis=diagnosis, hint=slip)


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
    return arithmetic.number(text) if arithmetic.readable(text) else Unreadable(_no_number(text))


def _no_number(text: str) -> str:
    if re.fullmatch(r"-?\d+,\d+", text):
        return f"Write a decimal point: {text.replace(',', '.')}. A comma separates thousands, as in 7,850."
    return "Answer with a number, such as 12, 7,850, 0.5, 1e-3, 2/3 or 4*15+3."


def _shape(text: str) -> Any:
    inner = re.sub(r"^(torch\.)?Size", "", text).strip("()[] ").removesuffix(",").strip()
    if not inner:
        return ()
    pieces = re.split(r"\s*[xX×*,]\s*|\s+", inner)
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


__all__ = ["Asked", "QuestionFault", "ask", "judge", "misread", "parse", "rows_of", "typed", "written"]
