"""Words in the labels of cases and arguments. Standard library only."""

from __future__ import annotations

import re

_MANY = re.compile(r"(?<![\w.,:/^+−-])(?<!x )1 (?!\w*(?:ss|us|is|as)\b)[a-z]+s\b")


def plural(number: int, one: str, many: str = "") -> str:
    """`1 step`, `3 steps`; many: the plural that has more than an s, as in `plural(n, "class", "classes")`."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def misspelled(label: str) -> str:
    """A plural after a 1 in a label, such as `1 steps`; empty where there is none."""
    found = _MANY.search(label)
    return found[0] if found else ""


def numbered(position: int) -> str:
    """What an argument is called that nobody has named: 0 is the first."""
    return f"argument {position + 1}"
