"""What takes minutes has its day: which of several turns it is today, the same for all machines."""

from __future__ import annotations

from datetime import UTC, datetime


def day() -> int:
    """The number of today's date."""
    return datetime.now(UTC).toordinal()


def turn(days: int, place: int = 0) -> int:
    """In how many days something has its turn that has it once in so many days; 0 is today.

    place: its place among several that take turns.
    """
    return -(place + day()) % days
