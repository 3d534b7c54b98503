"""The points of one curve on their way out, thinned so that a million of them are a few thousand.

The first points go out as they are. After that, stretches of two, four, eight .. points each send their smallest and
their largest value, their first NaN and their last point. What is kept depends on how many points there are, and not
on the clock: the same run draws the same curve on any machine.
"""

from __future__ import annotations

EXACT, EACH = 1000, 400
"""Points that go out as they are, and at each width of the stretches after: a terminal has 400 dots in a line."""

Seen = tuple[int, int, float]
"""Where in its stretch a point stood, its step and its value."""


class Series:
    """One curve. `sent` is what waits to be sent, in order; `count` is how many points there were."""

    __slots__ = ("_filled", "_high", "_hole", "_last", "_low", "_room", "count", "sent", "width")

    def __init__(self) -> None:
        self.sent: list[tuple[int, float]] = []
        self.count = 0
        self.width = 1
        self._room = EXACT
        self._clear()

    def _clear(self) -> None:
        self._filled = 0
        self._low: Seen | None = None
        self._high: Seen | None = None
        self._hole: Seen | None = None
        self._last: Seen | None = None

    def add(self, step: int, value: float) -> None:
        """Takes a point in. What this costs, every `log` of a training loop costs."""
        self.count += 1
        if self.width == 1:
            self.sent.append((step, value))
            self._room -= 1
            if self._room == 0:
                self.width, self._room = 2, EACH
            return
        point = self._last = (self._filled, step, value)
        self._filled += 1
        low, high = self._low, self._high
        if value != value:
            self._hole = self._hole or point
        elif low is None or high is None:
            self._low = self._high = point
        elif value < low[2]:
            self._low = point
        elif value > high[2]:
            self._high = point
        if self._filled == self.width:
            self.close()

    def close(self) -> None:
        """Ends the stretch that is being filled, so that its points go out."""
        seen = {point[0]: point for point in (self._low, self._high, self._hole, self._last) if point is not None}
        self.sent += [seen[place][1:] for place in sorted(seen)]
        self._room -= len(seen)
        if self._room <= 0:
            self.width, self._room = 2 * self.width, EACH
        self._clear()


class Remembered(Series):
    """A curve that keeps each of its values too, in a list that somebody else holds."""

    __slots__ = ("values",)

    def __init__(self, values: list[float]) -> None:
        super().__init__()
        self.values = values

    def add(self, step: int, value: float) -> None:
        """Takes a point in."""
        self.values.append(value)
        super().add(step, value)
