"""Progress as it was exported: a header, then an event a line."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from tutor.learner.events import FORMAT, Entry, Header
from tutor.learner.journal import ProgressError


def read_lines(lines: Iterable[str]) -> list[Entry]:
    """The entries of an exported progress. Raises ProgressError, naming the line."""
    entries: list[Entry] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            if number == 1:
                header = msgspec.json.decode(line, type=Header)
                if header.progress != "dl-tutor" or header.format > FORMAT:
                    raise ProgressError(
                        f"line 1: format {header.format} of {header.progress}; "
                        f"this dl-tutor reads format {FORMAT}. Update dl-tutor."
                    )
            else:
                entries.append(msgspec.json.decode(line, type=Entry))
        except msgspec.DecodeError as error:
            what = "not a header of exported progress" if number == 1 else "not an event of exported progress"
            raise ProgressError(
                f"line {number}: {what} ({error}). Export it again with `dl-tutor progress export`."
            ) from None
    return entries
