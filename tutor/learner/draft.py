"""A learner's file while it is open in our editor, and perhaps in another one too.

Two versions of a text never overwrite each other: what another editor saved stays the file, and what was typed
here and not yet saved is kept as a dated backup. Where the learner then chooses theirs, the two change places.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from lessons import regular_file
from tutor.learner import workspace
from tutor.learner.file_watch import content


class Met(msgspec.Struct, frozen=True):
    """What was found when the file was looked at: its text, if it is another than ours, and where ours was kept."""

    text: str | None = None
    kept: Path | None = None


class Draft:
    """The file `path`, and the content that it had when it was last read or written here."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.known: bytes | None = None

    def load(self) -> str:
        """The file's text; an absent file is empty. Raises WorkspaceError."""
        known = content(self.path)
        try:
            text = workspace.read(self.path)
        except FileNotFoundError:
            text, known = "", None
        self.known = known
        return text

    def changed_outside(self) -> bool:
        """Whether another program has saved the file. One that was removed is not: it is written again.

        One that is a pipe now, or too large to be read, is: nothing is written over what has not been seen.
        """
        now = content(self.path)
        return now != self.known if now is not None else self._unread()

    def _unread(self) -> bool:
        try:
            regular_file.read(self.path)
        except (regular_file.NotRegular, regular_file.TooLarge):
            return True
        except OSError:
            return False
        return False

    def save(self, text: str) -> Met:
        """Writes our text, unless another program has written the file since. Raises WorkspaceError."""
        if self.changed_outside():
            return self.meet(text)
        workspace.save(self.path, text)
        self.known = text.encode("utf-8", "replace")
        return Met()

    def meet(self, unsaved: str | None) -> Met:
        """Takes in what another program has saved; `unsaved` is our text where it is not in the file.

        Raises WorkspaceError, with our text kept all the same.
        """
        kept = None
        if unsaved is not None and unsaved.encode("utf-8", "replace") != content(self.path):
            kept = workspace.back_up(self.path, unsaved)
        return Met(self.load(), kept)

    def insist(self, text: str) -> Path | None:
        """Our text becomes the file after all. Returns where what was in the file is kept. Raises WorkspaceError."""
        if self._unread():
            workspace.read(self.path)  # says why
        there = content(self.path)
        kept = None
        if there is not None and there != text.encode("utf-8", "replace"):
            kept = workspace.back_up(self.path, there)
        workspace.save(self.path, text)
        self.known = text.encode("utf-8", "replace")
        return kept
