"""What the linter could not prove."""

from __future__ import annotations

from grader.records.printable import Printable


class Unproved(Printable, frozen=True):
    """A claim of an exercise that did not hold when it was judged. `file` is one of the exercise's."""

    rule: str
    line: int
    message: str
    part: str = ""
    file: str = "reference.py"
