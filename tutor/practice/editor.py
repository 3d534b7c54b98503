"""The learner's own editor, as VISUAL or EDITOR names it."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from contextlib import AbstractContextManager
from pathlib import Path

from textual.app import SuspendNotSupported

USUAL = ("nano", "vim", "vi")
"""What is taken where neither variable is set."""


class EditorError(Exception):
    """The editor cannot be used. The message is a sentence that says what to do."""


def command() -> list[str]:
    """The editor's command line. Raises EditorError."""
    for variable in ("VISUAL", "EDITOR"):
        if named := os.environ.get(variable, "").strip():
            try:
                return shlex.split(named)
            except ValueError as error:
                raise EditorError(
                    f"{variable} is {named!r}, which is not a command line ({error}). Set it again."
                ) from None
    for name in USUAL:
        if shutil.which(name):
            return [name]
    raise EditorError("No editor is set. Set EDITOR to your editor's command, for example: export EDITOR=nano")


def edit(path: Path) -> None:
    """Runs the editor on a file until it is left. Raises EditorError."""
    line = command()
    try:
        code = subprocess.call([*line, str(path)])
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise EditorError(f"{line[0]} cannot be started: {reason}. Set EDITOR to your editor's command.") from None
    if code:
        raise EditorError(f"{line[0]} ended with exit code {code}. Your file is as the editor left it.")


def handed_over(suspended: AbstractContextManager[None], path: Path) -> str | None:
    """Edits a file while the app has let go of the terminal. Returns what went wrong, in a sentence, or None."""
    try:
        with suspended:
            edit(path)
    except EditorError as error:
        return str(error)
    except SuspendNotSupported:
        return f"This terminal cannot be handed over. Open {path} in your editor: each save is noticed."
    return None
