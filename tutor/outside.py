"""The learner's own editor, on the same file."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

from textual.app import App, SuspendNotSupported

USUAL = ("nano", "vim", "vi")


def editor() -> list[str] | None:
    """The command of the learner's editor: $VISUAL, $EDITOR, or one that is usually there."""
    for name in ("VISUAL", "EDITOR"):
        if command := os.environ.get(name, "").strip():
            return shlex.split(command)
    found = next(filter(None, map(shutil.which, USUAL)), None)
    return [found] if found else None


def edit(app: App[Any], path: Path) -> str | None:
    """Lends the terminal to the editor until it ends. Returns what went wrong, in one sentence, or None."""
    command = editor()
    if command is None:
        return "No editor was found. Set EDITOR, for example EDITOR=nano, and start the tutor again."
    try:
        with app.suspend():
            status = subprocess.call([*command, str(path)])
    except SuspendNotSupported:
        return f"The terminal cannot be lent to an editor here. Open {path} in an editor of your own."
    except OSError as error:
        return f"{command[0]} cannot be started: {(error.strerror or str(error)).lower()}. Look at EDITOR."
    return f"{command[0]} ended with status {status}." if status else None
