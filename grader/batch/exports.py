"""What the systems that collect answers say of them beside the files: names, and when something was handed in.

* Gradescope: `submission_metadata.yml`, with the tags and anchors of the Ruby that wrote it;
* Moodle: a grading worksheet, a CSV file with the columns `Identifier` and `Last modified (submission)`;
* Canvas: `_LATE` in the names of files, and no times.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from grader.batch.assignment import HandedIn
from grader.records.printable import one_line
from grader.report.counted import counted
from lessons import regular_file
from lessons.loading.source import LOADER

METADATA = "submission_metadata.yml"
LARGEST = 64 << 20
"""Bytes of a file of a system's; Gradescope's holds all results of before."""
DEEPEST = 24
"""How deep its YAML is looked into."""
IDENTIFIER, MODIFIED = "Identifier", "Last modified (submission)"
MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9,
    "october": 10, "november": 11, "december": 12,
}  # fmt: skip
_RUBY = re.compile(r"(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d:\d\d)(?:\.\d+)? ?(Z|[+-]\d\d:?\d\d)?")
_MOODLE = re.compile(r"(\d{1,2}) (\w+) (\d{4}), (\d{1,2}):(\d\d)(?::\d\d)?(?: (AM|PM))?", re.IGNORECASE)


@dataclass(frozen=True)
class Exported:
    """By what the entries of the folder are called at a system's: who handed them in, and when.

    gradescope: by the name of the folder; moodle: by the participant's number.
    """

    names: dict[str, str] = field(default_factory=dict)
    gradescope: dict[str, HandedIn] = field(default_factory=dict)
    moodle: dict[str, HandedIn] = field(default_factory=dict)
    files: frozenset[str] = frozenset()
    """Names of the files that this was read from: they are nobody's answers."""


def exported(folder: Path, zone: ZoneInfo | None, refused: list[str]) -> Exported:
    """What is told beside the answers in a folder. zone: of times that have none; without it they are not read.

    refused: takes a line for each file of a system's that cannot be read.
    """
    found = Exported(files=frozenset({METADATA}))
    path = folder / METADATA
    if path.is_file() and not path.is_symlink():
        try:
            _of_gradescope(regular_file.read(path, LARGEST), found)
        except (OSError, ValueError, yaml.YAMLError) as error:
            said = f"{path}: cannot be read, so submissions have numbers for names ({one_line(str(error))})."
            refused.append(one_line(said))
    sheets = set()
    for path in sorted(folder.glob("*.csv")):
        if not path.is_symlink() and _of_moodle(path, zone, found, refused):
            sheets.add(path.name)
    return Exported(found.names, found.gradescope, found.moodle, found.files | sheets)


def _of_gradescope(data: bytes, found: Exported) -> None:
    entries = _plain(data.decode("utf-8-sig"))
    for key, entry in entries.items() if isinstance(entries, dict) else ():
        if not isinstance(entry, dict):
            continue
        people = entry.get(":submitters")
        names = (
            [str(one.get(":name", "")) for one in people if isinstance(one, dict)] if isinstance(people, list) else []
        )
        if any(names):
            found.names[key] = ", ".join(filter(None, names))
        if (at := _ruby_time(entry.get(":created_at"))) is not None:
            found.gradescope[key] = HandedIn(at)


def _ruby_time(value: Any) -> datetime | None:
    """`2026-10-15 21:03:17.178542000 Z`, by itself or as the `utc` of a tagged mapping."""
    if isinstance(value, dict):
        value = value.get("utc")
    if not isinstance(value, str) or (match := _RUBY.fullmatch(value.strip())) is None:
        return None
    day, clock, zone = match.groups()
    try:
        return datetime.fromisoformat(f"{day}T{clock}{'+00:00' if zone in (None, 'Z') else zone}")
    except ValueError:
        return None


def _plain(text: str) -> Any:
    """The mappings, lists and texts of YAML as it comes. Tags mean nothing, aliases stand for texts alone, and what is
    nested too deep is nothing. Raises YAMLError."""
    root: list[Any] = []
    open_: list[tuple[Any, str | None]] = [(root, None)]
    known: dict[str, str] = {}
    too_deep = 0
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.CollectionEndEvent):
            if too_deep:
                too_deep -= 1
            else:
                open_.pop()
            continue
        if isinstance(event, yaml.CollectionStartEvent):
            if too_deep or len(open_) > DEEPEST:
                too_deep += 1
                if too_deep == 1:
                    _put(open_, "")
                continue
            value: Any = {} if isinstance(event, yaml.MappingStartEvent) else []
            _put(open_, value)
            open_.append((value, None))
        elif isinstance(event, yaml.ScalarEvent | yaml.AliasEvent) and not too_deep:
            if isinstance(event, yaml.AliasEvent):
                _put(open_, known.get(event.anchor or "", ""))
                continue
            if event.anchor:
                known[event.anchor] = event.value
            _put(open_, event.value)
    return root[0] if root else None


def _put(open_: list[tuple[Any, str | None]], value: Any) -> None:
    """Adds a value to what is open: to a mapping first a key, then what stands at it."""
    into, key = open_[-1]
    if isinstance(into, list):
        into.append(value)
    elif key is None:
        open_[-1] = (into, str(value) if isinstance(value, str) else "")
    else:
        into[key] = value
        open_[-1] = (into, None)


def _of_moodle(path: Path, zone: ZoneInfo | None, found: Exported, refused: list[str]) -> bool:
    """Takes in a grading worksheet. Whether the file is one."""
    try:
        rows = list(csv.DictReader(io.StringIO(regular_file.read(path, LARGEST).decode("utf-8-sig"))))
    except (OSError, UnicodeDecodeError, csv.Error):
        return False
    if not rows or not {IDENTIFIER, MODIFIED} <= rows[0].keys():
        return False
    unread = 0
    for row in rows:
        number, said = re.search(r"\d+", row[IDENTIFIER] or ""), (row[MODIFIED] or "").strip()
        if number is None or said in ("", "-"):
            continue
        at = _moodle_time(said, zone) if zone is not None else None
        if at is not None:
            found.moodle[number[0]] = HandedIn(at)
        unread += at is None and zone is not None
    if unread:
        form = '"Tuesday, 13 October 2026, 11:59 PM"'
        said = counted(unread, "time is", "times are")
        refused.append(one_line(f"{path}: {said} not of the form {form}: taken as in time."))
    return True


def _moodle_time(text: str, zone: ZoneInfo) -> datetime | None:
    if (match := _MOODLE.search(text)) is None:
        return None
    day, month, year, hour, minute, half = match.groups()
    hours = int(hour) % 12 + 12 * (half.upper() == "PM") if half else int(hour)
    try:
        return datetime(int(year), MONTHS[month.casefold()], int(day), hours, int(minute), tzinfo=zone, fold=0)
    except (KeyError, ValueError):
        return None
