"""What was proved, so that it is not proved again: in the user's cache, and in the record that travels with a course.

Both go by a fingerprint of what was judged, the grader and the versions. `proofs.json` beside `course.yaml` serves a
fresh clone; it is written where that is asked for, and holds nothing but what is sound.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from grader.records.unproved import Unproved
from lessons import atomic
from lessons.error import LessonError
from tutor.authoring import course_record
from tutor.learner import locations

RECORD = "proofs.json"

Found = dict[str, list[Unproved]]
"""What did not hold, by fingerprint or by name."""


class Proof(msgspec.Struct, frozen=True, omit_defaults=True):
    """That an exercise or a demo was sound as its fingerprint has it, but for what is waived."""

    fingerprint: str
    waived: list[Unproved] = []


def kept(course: Path | None) -> Found:
    """What was proved before, by fingerprint: of this user, and of the course's record. Raises LessonError."""
    try:
        found = msgspec.json.decode(locations.proofs_file().read_bytes(), type=Found)
    except (OSError, msgspec.DecodeError):
        found = {}
    return {one.fingerprint: one.waived for one in recorded(course).values()} | found


def keep(proofs: Found) -> None:
    """Adds to what this user has proved, by fingerprint. Where nothing can be written nothing is kept."""
    path = locations.proofs_file()
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic.replace(path, msgspec.json.encode({**kept(None), **proofs}))


def recorded(course: Path | None) -> dict[str, Proof]:
    """The record of the course in a folder, by name; empty where there is none. Raises LessonError."""
    return course_record.read(course / RECORD if course else None, Proof, "--record")


def record(course: Path, proofs: Mapping[str, Proof]) -> None:
    """Writes the record of a course. Raises LessonError where that cannot be done."""
    path = course / RECORD
    try:
        course_record.write(path, proofs)
    except OSError as error:
        raise LessonError(path, 1, 1, f"cannot be written: {error.strerror}", "Lint a copy of the course.") from None


def has_its_turn(name: str, share: int, day: int) -> bool:
    """Whether an exercise or a demo is among those that are proved again on a day: each on one of `share` days."""
    turn = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big")
    return turn % share == day % share
