"""The questions of an exercise as they are opened: drawn once, with the answer that is stored for them."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import msgspec

from grader.questions.answers import Asked, QuestionFault, ask
from grader.records.given import Given
from grader.submission import BadAnswers, read_answers
from lessons.schema import RUN_KINDS, Exercise, Part
from tutor.learner import workspace
from tutor.learner.progress import Progress


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """A part's question. `asked` is None where the question itself is at fault, and `fault` says how."""

    part: Part
    nonce: int
    asked: Asked | None = None
    fault: str = ""
    answer: Any = None


async def open_questions(exercise: Exercise, progress: Progress, root: Path | None = None) -> list[Opened]:
    """The questions of an exercise, in order; their numbers are drawn in a process that takes its time.

    root: where the answers lie, by default the learner's workspace.
    """
    parts = [part for part in exercise.parts if part.kind not in RUN_KINDS]
    stored = _stored(exercise, root) if parts else {}
    return [await _opened(exercise, part, progress, stored.get(part.id)) for part in parts]


async def _opened(exercise: Exercise, part: Part, progress: Progress, given: Given | None) -> Opened:
    nonce = progress.nonce(exercise.id, part.id)
    try:
        asked = await asyncio.to_thread(ask, exercise, part, nonce)
    except QuestionFault as fault:
        return Opened(part=part, nonce=nonce, fault=str(fault))
    # an answer to other numbers, from another machine perhaps, is none to these
    fits = given is not None and (part.kind != "numeric" or given.nonce == nonce)
    return Opened(part=part, nonce=nonce, asked=asked, answer=given.value if given and fits else None)


def _stored(exercise: Exercise, root: Path | None) -> dict[str, Given]:
    try:
        return read_answers(workspace.answers_of(exercise, root)).get(exercise.id, {})
    except BadAnswers:
        return {}  # said when an answer is to be stored, and the file stays as it is
