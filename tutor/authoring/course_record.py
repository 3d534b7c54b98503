"""What a course remembers in a file beside `course.yaml`, by name: what was proved, what became of mutants."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

import msgspec

from lessons import atomic
from lessons.error import LessonError

Entry = TypeVar("Entry")


def read(path: Path | None, entry: type[Entry], option: str) -> dict[str, Entry]:
    """The entries of a record, by name; none where there is no file.

    option: of `dl-tutor lint`, the one that makes the record anew. Raises LessonError.
    """
    if path is None or not path.exists():
        return {}
    try:
        return msgspec.json.decode(path.read_bytes(), type=dict[str, entry])  # type: ignore[valid-type]
    except (OSError, msgspec.DecodeError) as error:
        mend = f"Delete it; `dl-tutor lint {option}` makes a new one."
        raise LessonError(path, 1, 1, f"not a record of the course: {error}", mend) from None


def write(path: Path, entries: Mapping[str, object]) -> None:
    """Writes a record, its names in order. Raises OSError."""
    text = msgspec.json.format(msgspec.json.encode({name: entries[name] for name in sorted(entries)}), indent=1)
    atomic.replace(path, text + b"\n")
