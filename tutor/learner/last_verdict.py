"""The last verdict on each part of an exercise, which is there again when the exercise is opened again.

What was passed, and how well, is in the progress; here is only what was said of it. A file that is lost or cannot be
read costs nothing but that.
"""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from pathlib import Path

import msgspec

from grader.records.verdict import Verdict
from lessons import atomic, regular_file
from lessons.schema import Exercise
from tutor.learner import locations

LARGEST = 8 << 20
"""Bytes of a file; curves are the most of it."""


def path_of(exercise: Exercise) -> Path:
    return locations.data() / "verdicts" / f"{exercise.id}.json"


def with_newest(kept: Sequence[Verdict], verdict: Verdict) -> tuple[Verdict, ...]:
    """The verdicts that still hold for some part, and the newest, which comes last."""
    parts = {one.part for one in verdict.parts}
    return (*(one for one in kept if not {part.part for part in one.parts} <= parts), verdict)


def of_part(kept: Sequence[Verdict], part: str) -> Verdict | None:
    """The newest verdict that judged a part, or None."""
    return next((one for one in reversed(kept) if any(judged.part == part for judged in one.parts)), None)


def kept(exercise: Exercise) -> tuple[Verdict, ...]:
    """The verdicts that were kept, of parts that the exercise still has; none where they cannot be read."""
    try:
        data = regular_file.read(path_of(exercise), LARGEST)
        found = msgspec.json.decode(data, type=tuple[Verdict, ...])
    except (OSError, ValueError):  # msgspec's errors are ValueErrors
        return ()
    return tuple(one for one in found if all(exercise.part(part.part) is not None for part in one.parts))


def keep(exercise: Exercise, verdicts: Sequence[Verdict]) -> None:
    """Remembers the verdicts; where that cannot be, they are forgotten with the app."""
    path = path_of(exercise)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic.replace(path, msgspec.json.encode(verdicts))
