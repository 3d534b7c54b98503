"""How the panes of practice are laid out, as the learner has left them, and when they are side by side."""

from __future__ import annotations

import json

import msgspec

from lessons import atomic, regular_file
from tutor.learner import locations

PANES = ("task", "work", "third")
"""The places; the verdict and the run share the third one."""
SHARES = (3, 4, 3)
LEAST, MOST = 1, 12
WIDE = 100
"""Columns from which a terminal is wide: everywhere in the app what is beside something else is there."""


class Layout(msgspec.Struct, frozen=True):
    """How wide each place is beside the others, and which are hidden."""

    shares: tuple[int, int, int] = SHARES
    hidden: frozenset[str] = frozenset()

    def widened(self, pane: str, step: int) -> Layout:
        """With a pane that is wider, or narrower, by a step."""
        shares = list(self.shares)
        place = PANES.index(pane)
        shares[place] = min(max(shares[place] + step, LEAST), MOST)
        return Layout((shares[0], shares[1], shares[2]), self.hidden)

    def toggled(self, pane: str) -> Layout:
        """With a pane that is hidden, or shown again; one always stays."""
        hidden = self.hidden ^ {pane}
        return self if hidden >= set(PANES) else Layout(self.shares, hidden)

    def showing(self, pane: str) -> Layout:
        """With a pane that is not hidden."""
        return Layout(self.shares, self.hidden - {pane})


def kept() -> Layout:
    """The layout that was kept; the usual one where none was, or where its file cannot be read."""
    try:
        found = msgspec.json.decode(regular_file.read(locations.layout_file()), type=Layout)
    except (OSError, ValueError):  # msgspec's errors are ValueErrors
        return Layout()
    shares = [min(max(share, LEAST), MOST) for share in found.shares]
    hidden = found.hidden & set(PANES)
    return Layout((shares[0], shares[1], shares[2]), frozenset() if hidden >= set(PANES) else hidden)


def keep(layout: Layout) -> None:
    """Remembers a layout. Raises OSError."""
    path = locations.layout_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    said = {"shares": layout.shares, "hidden": sorted(layout.hidden)}
    atomic.replace(path, (json.dumps(said) + "\n").encode())
