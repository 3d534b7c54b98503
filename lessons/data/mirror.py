"""The mirror: the folder in which data sets lie, and what each of them is. Standard library only."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Literal

from lessons import regular_file
from lessons.data import making
from lessons.data.catalogue import DataSet
from lessons.data.making import Progress, nobody

State = Literal["real", "stand-in", "absent"]

NOTE = "STAND-IN.txt"
"""The file that says of a folder that what lies in it is a stand-in; without it, what lies there is taken for real."""
MAKING_SECONDS = 300.0


class DataError(Exception):
    """A data set cannot be had; the message is a whole sentence."""


def default() -> Path:
    """The mirror that DL_TUTOR_DATA names, else one in DL_TUTOR_HOME, else where the system keeps a program's data."""
    if named := os.environ.get("DL_TUTOR_DATA"):
        return Path(named).expanduser().absolute()
    if home := os.environ.get("DL_TUTOR_HOME"):
        return Path(home).expanduser().absolute() / "data-sets"
    import platformdirs

    return Path(platformdirs.user_data_path("dl-tutor", appauthor=False)) / "data-sets"


def state(data: DataSet, mirror: Path) -> State:
    """What lies in the mirror. A stand-in that an earlier version made otherwise counts as absent: it is made again."""
    folder = mirror / data.folder
    if not all((folder / name).is_file() for name in data.files):
        return "absent"
    if not (folder / NOTE).is_file():
        return "real"
    return "stand-in" if regular_file.read(folder / NOTE) == note_text(data).encode() else "absent"


def notice(data: DataSet, mirror: Path) -> str:
    """What is to be said wherever a data set is used; nothing for a real one that is whole."""
    if state(data, mirror) != "stand-in":
        return ""
    if data.excerpt:
        return (
            f"{data.title} is here in part, as {data.stand_in}: {data.about}. "
            "They are real vectors; only words are missing."
        )
    return (
        f"{data.title} is not here; {data.stand_in} stands in for it: {data.about}. "
        f"Its figures are not those of {data.title}."
    )


def note_text(data: DataSet) -> str:
    """What is written beside a stand-in."""
    if data.excerpt:
        kind = f"It is an excerpt of {data.title}: a part of the real set."
    else:
        kind = f"It stands in for {data.title}, whose figures it does not have."
    whole = "the whole set" if data.excerpt else "the real one"
    return f"This is {data.stand_in}: {data.about}.\n{kind}\n`dl-tutor data fetch {data.id}` gets {whole}.\n"


def make(data: DataSet, mirror: Path, progress: Progress = nobody) -> None:
    """Makes a stand-in: whole, or not at all. What lies there is replaced. Raises DataError."""
    with Staging(data, mirror) as staging:
        try:
            trouble = making.run(f"lessons.data.{data.made_by}", [str(staging.folder)], MAKING_SECONDS, progress)
        except TimeoutError:
            raise DataError(f"{data.stand_in} was not made in {MAKING_SECONDS:g} s.") from None
        if trouble is not None:
            raise DataError(f"{data.stand_in} could not be made: {trouble}")
        (staging.folder / NOTE).write_text(note_text(data), encoding="utf-8")
        staging.put()


class Staging:
    """A folder beside the mirror's own, in which a set is put together; `put` makes it the set's.

    Raises DataError where the mirror cannot be written.
    """

    def __init__(self, data: DataSet, mirror: Path) -> None:
        self.data, self.mirror = data, mirror

    def __enter__(self) -> Staging:
        try:
            self.mirror.mkdir(parents=True, exist_ok=True)
            self.folder = Path(tempfile.mkdtemp(prefix=f".{self.data.id}-", dir=self.mirror.absolute()))
        except OSError as error:
            raise DataError(f"{self.mirror} cannot be written: {error.strerror or error}.") from None
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def put(self) -> None:
        """Two processes may do this at a time; the first one's set stays, and both are the same."""
        place = self.mirror / self.data.folder
        old = self.folder.with_name(f"{self.folder.name}-old")
        try:
            self.folder.chmod(0o755)
            for path in self.folder.rglob("*"):
                path.chmod(0o755 if path.is_dir() else 0o444)  # no run is to change it by mistake
            place.parent.mkdir(parents=True, exist_ok=True)
            if place.exists():
                place.rename(old)
            self.folder.rename(place)
        except OSError as error:
            if state(self.data, self.mirror) == "absent":
                raise DataError(f"{place} cannot be written: {error.strerror or error}.") from None
        finally:
            shutil.rmtree(old, ignore_errors=True)
