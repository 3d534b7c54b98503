"""What a wrong value looks like: pure functions on (got, expected, inputs), most specific first."""

from __future__ import annotations

from collections.abc import Iterable

from grader.findings import finiteness, form, layout, scale
from grader.findings.leaf import Leaf, Rule

RULES: tuple[Rule, ...] = (
    *form.RULES,
    *finiteness.RULES,
    *layout.RULES[:4],
    *scale.RULES,
    *layout.RULES[4:],
)
"""All rules, in the order in which they are asked."""

BY_NAME: dict[str, Rule] = {rule.name: rule for rule in RULES}


def look(leaves: Iterable[Leaf]) -> tuple[Rule, str] | None:
    """The first rule that fits every value that says anything, with its sentence for the first of them."""
    found = list(leaves)
    for one in RULES:
        asked = [leaf for leaf in found if leaf.kind in one.kinds and leaf.expected.numel() >= one.smallest]
        if not asked or any(leaf.kind not in one.kinds for leaf in found):
            continue
        sentences = [one.find(leaf) for leaf in asked]
        if all(sentences) and sentences[0]:
            return one, sentences[0]
    return None


__all__ = ["BY_NAME", "RULES", "Leaf", "Rule", "look"]
