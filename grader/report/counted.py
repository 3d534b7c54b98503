"""A number and what it counts, in the singular where it is one."""

from __future__ import annotations

from grader.records.verdict import number


def counted(count: float, what: str, several: str = "") -> str:
    """`1 point`, `2 points`, `2.5 points`; several: the plural, where it is not `what` and an s."""
    return f"{number(count)} {what if count == 1 else several or f'{what}s'}"


def out_of(count: float, most: float, what: str) -> str:
    """`0 of 1 point`, `2.5 of 3 points`: the noun goes with how many there are."""
    return f"{number(count)} of {counted(most, what)}"
