"""Who has handed in what: a folder, an archive or files for each learner, as the systems name them that collect them.

* a folder or `NAME.zip` for each learner;
* Moodle: `First Last_123456_assignsubmission_file`, as a folder, an archive or before each file's own name;
* Canvas: `lastfirst_12345_67890_bn-layer.py`, with `_LATE` and a `-1` behind it where it was handed in again;
* Gradescope: `submission_123456/` beside `submission_metadata.yml`, which has the names.

When something was handed in is said by what `grader.batch.exports` reads, and by `_LATE`.
"""

from __future__ import annotations

import contextlib
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from grader import handed_in
from grader.batch import archive
from grader.batch.assignment import IN_TIME, HandedIn
from grader.batch.exports import exported
from grader.records.printable import one_line
from grader.submission import ANSWERS, BadSubmission, Submission, find, meant_by
from lessons.schema import Course

MOODLE = re.compile(r"(?P<name>.+)_(?P<id>\d+)_assignsubmission_(?:file|onlinetext)_?(?P<file>.*)")
CANVAS = re.compile(r"(?P<name>[^_]+)(?P<late>_LATE)?_(?P<id>\d+)_\d+_(?P<file>.+)")
AGAIN = re.compile(r"-(\d+)(?=\.\w+$)")
"""What Canvas puts behind the name of a file that was handed in again."""
OTHERS = (".tar", ".gz", ".tgz", ".rar", ".7z", ".bz2", ".xz", ".tar.gz")
"""Archives that are not opened."""


@dataclass(frozen=True)
class Learner:
    """Somebody, and where what they handed in lies. files: by the names that they had before a system renamed them."""

    name: str
    folder: Path | None = None
    archive: Path | None = None
    files: tuple[tuple[Path, str], ...] = ()
    when: HandedIn = IN_TIME


def learners(folder: Path, course: Course, refused: list[str], zone: ZoneInfo | None = None) -> list[Learner]:
    """Everybody in a folder, in the order of their names; two never have the same one.

    zone: of times that a system writes without one.

    refused: takes a line for each thing that belongs to nobody. Raises BadSubmission where the folder cannot be read.
    """
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        raise BadSubmission(f"{folder}: cannot be read ({error.strerror}).") from None
    told = exported(folder, zone, refused)
    flat: dict[str, list[tuple[Path, str]]] = {}
    whens: dict[str, HandedIn] = {}
    found: list[Learner] = []
    for path in entries:
        if path.name.startswith(".") or path.name in told.files:
            continue
        system = MOODLE.fullmatch(path.name.removesuffix(".zip") if path.suffix == ".zip" else path.name)
        name = one_line(
            told.names.get(path.name) or (system["name"] if system else path.stem if path.suffix else path.name)
        )
        number = system["id"] if system else ""
        when = told.gradescope.get(path.name) or told.moodle.get(number) or IN_TIME
        if path.is_symlink():
            refused.append(f"{one_line(str(path))}: a symbolic link, which is not followed.")
        elif path.is_dir():
            found.append(Learner(name, folder=path, when=when))
        elif path.suffix.casefold() == ".zip":
            found.append(Learner(name, archive=path, when=when))
        elif (parts := system or CANVAS.fullmatch(path.name)) and parts["file"]:
            name = one_line(parts["name"])
            if system is None and parts["late"]:
                when = HandedIn(late=True)
            flat.setdefault(name, []).append((path, AGAIN.sub("", parts["file"])))
            whens[name] = when if when != IN_TIME else whens.get(name, when)
        elif path.name.casefold().endswith(OTHERS):
            refused.append(f"{one_line(str(path))}: only ZIP archives are opened.")
        else:
            refused.append(f"{one_line(str(path))}: whose file this is, its name does not say.")
    found += [Learner(name, files=tuple(files), when=whens[name]) for name, files in flat.items()]
    return sorted(_apart(found), key=lambda one: one.name)


def _apart(found: list[Learner]) -> Iterator[Learner]:
    """The same with a number behind a name that another one has."""
    seen: dict[str, int] = {}
    for one in found:
        seen[one.name.casefold()] = count = seen.get(one.name.casefold(), 0) + 1
        yield one if count == 1 else replace(one, name=f"{one.name} ({count})")


@contextlib.contextmanager
def handed_in_by(learner: Learner, course: Course, refused: list[str]) -> Iterator[list[Submission]]:
    """What somebody has handed in. refused: takes a line for each file that is not judged, without their folder."""
    with tempfile.TemporaryDirectory(prefix="dl-grader-") as scratch:
        place = learner.folder or Path(scratch)
        lines: list[str] = []
        try:
            if learner.archive is not None:
                archive.unpack(learner.archive, place, lambda name: _wanted(name, course), lines)
            for path, name in learner.files:
                _copied(path, place / name, lines)
            found = [_from(place, one, lines) for one in find([place], course, lines)]
        except (archive.BadArchive, BadSubmission) as error:
            lines.append(str(error))
            found = []
        except OSError as error:
            lines.append(f"{learner.name}: cannot be read ({error.strerror}).")
            found = []
        refused += [one_line(line.replace(f"{place}/", "")) for line in lines]
        yield found


def _from(place: Path, found: Submission, lines: list[str]) -> Submission:
    """The same, told without the folder that it lies in; a file that was not taken is a line too."""
    if not found.refused:
        return found
    lines.append(found.refused)
    return replace(found, refused=found.refused.replace(f"{place}/", ""))


def _wanted(name: str, course: Course) -> bool:
    return name == ANSWERS or (name.casefold().endswith(".py") and meant_by(name[:-3], course) is not None)


def _copied(path: Path, target: Path, lines: list[str]) -> None:
    """A file under the name that it had, if it is one."""
    if target.name != Path(target.name).name or not target.name:
        lines.append(f"{path.name}: its name is none that a file should have.")
        return
    one = handed_in.file(path)
    if one.data is None:
        lines.append(one.refusal)
    elif target.exists():
        lines.append(f"{path.name}: there are two files of this name; the first is judged.")
    else:
        target.write_bytes(one.data)


__all__ = ["Learner", "handed_in_by", "learners"]
