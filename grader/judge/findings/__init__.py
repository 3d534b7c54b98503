"""What a wrong value looks like: pure functions on (got, expected, inputs), most specific first."""

from __future__ import annotations

from collections.abc import Iterable

from grader.judge.findings import finiteness, form, layout, scale
from grader.judge.findings.value_pair import Rule, ValuePair

RULES: tuple[Rule, ...] = (
    *form.RULES,
    *finiteness.RULES,
    *layout.RULES[:4],
    *scale.RULES,
    *layout.RULES[4:],
)
"""All rules, in the order in which they are asked."""

BY_NAME: dict[str, Rule] = {rule.name: rule for rule in RULES}


def look(pairs: Iterable[ValuePair]) -> tuple[Rule, str] | None:
    """The first rule that fits every value that says anything, with its sentence for the first of them."""
    found = list(pairs)
    for one in RULES:
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
