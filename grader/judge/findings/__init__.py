"""What a wrong value looks like: pure functions on (got, expected, inputs), most specific first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import torch

from grader.judge.findings import finiteness, form, layout, scale
from grader.judge.findings.value_pair import Rule, ValuePair, wide

RULES: tuple[Rule, ...] = (
    *form.RULES,
    *finiteness.RULES,
    *layout.RULES[:4],
    *scale.RULES,
    *layout.RULES[4:],
)
"""All rules, in the order in which they are asked."""

BY_NAME: dict[str, Rule] = {rule.name: rule for rule in RULES}


SEVERAL = 3
"""So many single numbers, of as many cases, say together what one of them does not."""


def look(pairs: Iterable[ValuePair]) -> tuple[Rule, str] | None:
    """The first rule that fits every value that says anything, with its sentence for the first of them."""
    found = list(pairs)
    return _first(found, RULES) or _together(found)


def _together(found: list[ValuePair]) -> tuple[Rule, str] | None:
    """The first rule of scale that fits single numbers: each by the sizes of its own case, or all of them at a time."""
    single = all(pair.kind == "value" and pair.expected.numel() == pair.got.numel() == 1 for pair in found)
    real = single and not any(pair.expected.is_complex() or pair.got.is_complex() for pair in found)
    if not real or len({float(pair.expected) for pair in found}) < SEVERAL:
        return None
    got, expected = (
        torch.stack([wide(one).reshape(()) for one in ones])
        for ones in ([pair.got for pair in found], [pair.expected for pair in found])
    )
    sized = [replace(one, smallest=1) for one in scale.SIZED]
    return _first(found, sized) or _first([ValuePair("value", got, expected)], scale.RULES)


def _first(found: list[ValuePair], rules: Iterable[Rule]) -> tuple[Rule, str] | None:
    for one in rules:
        asked = [pair for pair in found if pair.kind in one.kinds and pair.expected.numel() >= one.smallest]
        if not asked or any(pair.kind not in one.kinds for pair in found):
            continue
        sentences = [one.find(pair) for pair in asked]
        if one.constant and len(set(sentences)) > 1:
            continue
        if all(sentences) and sentences[0]:
            return one, sentences[0]
    return None


__all__ = ["BY_NAME", "RULES", "ValuePair", "Rule", "look"]
