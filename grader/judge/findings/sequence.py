"""Findings about lists of numbers or texts: what is missing at an end, stands in another order, or is the value
where its place was asked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from grader.judge.findings.behaviour import Behaviour

Sequence = list[Any]

CUT = Behaviour(
    "items-missing",
    "A list ends too early or begins too late; the items that are there are right.",
    "Which item is the first one that belongs, and which the last? Is what ends the loop noted before it ends?",
)
MORE = Behaviour(
    "items-too-many",
    "A list begins too early or goes on too long; the others of its items are right.",
    "Where must the list begin, and where must it end?",
)
ORDER = Behaviour(
    "items-in-another-order",
    "The right items in another order.",
    "What decides which item comes first, and what where two of them are equal in that?",
)
CASE = Behaviour(
    "letters-of-another-case", "The right texts, but for capital letters.", "Is something made lower case, or not?"
)
PLACE = Behaviour(
    "value-for-place",
    "The value that stands at a place, where the place itself is asked for; or the other way round.",
    "Is the index wanted, or what stands there?",
)
ALL = (CUT, MORE, ORDER, CASE, PLACE)
PLAIN = (bool, int, float, str)


def lists_of(got: Any, expected: Any) -> tuple[Sequence, Sequence] | None:
    """The first lists of plain items that differ in two values, however deep they lie."""
    if not isinstance(got, list | tuple) or not isinstance(expected, list | tuple):
        if isinstance(got, dict) and isinstance(expected, dict):
            return next((found for name in expected if (found := lists_of(got.get(name), expected[name]))), None)
        return None
    if all(isinstance(one, PLAIN) for one in (*got, *expected)):
        mine, right = list(got), list(expected)
        return None if mine == right else (mine, right)
    return next((found for pair in zip(got, expected, strict=False) if (found := lists_of(*pair))), None)


def sequence(pairs: Iterable[tuple[Sequence, Sequence]]) -> tuple[Behaviour, str] | None:
    """The first finding that fits all pairs of lists, got and expected, with its sentence for the first of them."""
    found = list(pairs)
    for behaviour, rule in RULES:
        said = [rule(got, expected) for got, expected in found]
        if said and all(said):
            return behaviour, str(said[0])
    return None


def _cut(got: Sequence, expected: Sequence) -> str | None:
    missing = len(expected) - len(got)
    if missing < 1:
        return None
    number = "item is" if missing == 1 else f"{missing} items are"
    if got == expected[: len(got)]:
        return f"The last {number} missing; the others are right." if got else "Every item is missing."
    return f"The first {number} missing; the others are right." if got == expected[missing:] else None


def _more(got: Sequence, expected: Sequence) -> str | None:
    more = len(got) - len(expected)
    if more < 1:
        return None
    number = "item is" if more == 1 else f"{more} items are"
    if got[: len(expected)] == expected:
        return f"The last {number} too many; the others are right."
    return f"The first {number} too many; the others are right." if got[more:] == expected else None


def _order(got: Sequence, expected: Sequence) -> str | None:
    if len(expected) < 2 or Counter(map(_known, got)) != Counter(map(_known, expected)):
        return None
    backwards = got == expected[::-1]
    return "These are the right items in reverse order." if backwards else "These are the right items in another order."


def _known(item: Any) -> tuple[str, Any]:
    return type(item).__name__, item


def _case(got: Sequence, expected: Sequence) -> str | None:
    same = len(got) == len(expected) and all(
        mine == right or (isinstance(mine, str) and isinstance(right, str) and mine.casefold() == right.casefold())
        for mine, right in zip(got, expected, strict=True)
    )
    return "The texts are right but for capital letters." if same else None


RULES: tuple[tuple[Behaviour, Callable[[Sequence, Sequence], str | None]], ...] = (
    (CASE, _case),
    (CUT, _cut),
    (MORE, _more),
    (ORDER, _order),
)


def value_for_place(got: Any, expected: Any, inputs: Iterable[Any]) -> str | None:
    """Whether one of two numbers is a place in an input, and the other what stands there."""
    if (
        isinstance(got, bool)
        or isinstance(expected, bool)
        or not all(isinstance(x, int | float) for x in (got, expected))
    ):
        return None
    for one in inputs:
        items = one.tolist() if hasattr(one, "tolist") and getattr(one, "ndim", 0) == 1 else one
        items = (
            list(items) if isinstance(items, list | tuple) else list(items.values()) if isinstance(items, dict) else []
        )
        for place, other, said in (
            (expected, got, "This is the value; its place was asked for."),
            (got, expected, "This is the place; the value that stands there was asked for."),
        ):
            if isinstance(place, int) and 0 <= place < len(items) and items[place] == other and place != other:
                return said
    return None
