"""The learner's real files: WORKSPACE/UNIT/LESSON/EXERCISE.py, and answers.yaml beside them.

Nothing here ever loses a learner's text: a file is started only where there is none, and whatever is replaced
against their will is kept first, dated, in `backups/`.
"""

from __future__ import annotations

import contextlib
import os
from datetime import datetime
from pathlib import Path

from lessons import atomic, regular_file
from lessons.schema import Exercise
from tutor.learner import locations

BACKUPS = "backups"


class WorkspaceError(Exception):
    """A file of the workspace cannot be read or written. The message is a sentence for the learner."""


def folder_of(exercise: Exercise, root: Path | None = None) -> Path:
    """The folder of the exercise's lesson in the workspace `root` (default: the learner's)."""
    root = locations.workspace() if root is None else root
    return root / exercise.unit / exercise.lesson if exercise.unit else root


def path_of(exercise: Exercise, root: Path | None = None) -> Path:
    """The learner's file for an exercise; it need not exist yet."""
    return folder_of(exercise, root) / f"{exercise.id}.py"


def answers_of(exercise: Exercise, root: Path | None = None) -> Path:
    """The file of the answers to the lesson's questions; it need not exist yet."""
    return folder_of(exercise, root) / "answers.yaml"


def start(exercise: Exercise, root: Path | None = None) -> Path | None:
    """Puts the starter into the workspace where the learner has no file yet. None where no part runs code.

    Raises WorkspaceError.
    """
    if not exercise.runs_code:
        return None
    path = path_of(exercise, root)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _create(path, exercise.starter.encode())
    except OSError as error:
        raise _trouble("written", path, error) from None
    return path


def reset(exercise: Exercise, root: Path | None = None) -> Path | None:
    """Puts the starter back. Returns the backup of what was there; None where nothing of the learner's was.

    Raises WorkspaceError, and then the file is as it was.
    """
    path = path_of(exercise, root)
    try:
        before = regular_file.read(path)
    except FileNotFoundError:
        start(exercise, root)
        return None
    except OSError as error:
        raise _trouble("read", path, error) from None
    starter = exercise.starter.encode()
    if before == starter:
        return None
    kept = back_up(path, before)
    _replace(path, starter)
    return kept


def back_up(path: Path, text: str | bytes, now: datetime | None = None) -> Path:
    """Keeps a text of the learner's as a dated backup of the file `path`. Raises WorkspaceError."""
    data = text.encode() if isinstance(text, str) else text
    stamp = (now or datetime.now()).strftime("%Y-%m-%d-%H%M%S")
    folder = path.parent / BACKUPS
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(1, 1000):
            again = f"-{number}" if number > 1 else ""
            backup = folder / f"{path.stem}.{stamp}{again}{path.suffix}"
            if _create(backup, data):
                return backup
    except OSError as error:
        raise _trouble("kept as a backup", path, error) from None
    raise WorkspaceError(f"{folder} holds a thousand backups of this second already.")


def read(path: Path) -> str:
    """The text of a learner's file, line ends as they are. It may be a link: the workspace is theirs, and where in it
    a name leads is their own choice. Raises WorkspaceError, FileNotFoundError.
    """
    try:
        data = regular_file.read(path)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise _trouble("read", path, error) from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = data[error.start]
        raise WorkspaceError(
            f"{path}, line {line}: the byte 0x{byte:02x} is not UTF-8. Save the file as UTF-8 in your editor."
        ) from None


def save(path: Path, text: str) -> None:
    """Writes a learner's file in one step: a reader sees the old text or the new. Raises WorkspaceError."""
    _replace(path, text.encode("utf-8", "replace"))


def _create(path: Path, data: bytes) -> bool:
    """Makes a complete file in one step. False where `path` exists."""
    if os.path.lexists(path):
        return False
    draft = atomic.draft(path, data, 0o644)
    try:
        os.link(draft, path)
    except FileExistsError:
        return False
    except OSError:  # no hard links here (FAT, some network file systems)
        with contextlib.suppress(FileExistsError), path.open("xb") as file:
            file.write(data)
            return True
        return False
    finally:
        draft.unlink(missing_ok=True)
    return True


def _replace(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic.replace(path, data)
    except OSError as error:
        raise _trouble("written", path, error) from None


def _trouble(done: str, path: Path, error: OSError) -> WorkspaceError:
    reason = error.strerror or str(error)
    mend = "Look at its rights and at the free space."
    if isinstance(error, regular_file.NotRegular | regular_file.TooLarge):
        mend = "Move it away; what is edited and judged is a file of text."
    return WorkspaceError(f"{path} cannot be {done}: {reason[:1].lower()}{reason[1:]}. {mend}")
