"""Precisions of a short translation."""

import math
from collections import Counter
from random import Random

from grader.spec import Question


def precisions(rng: Random) -> Question:
    subject, noun, other = (
        rng.choice(("he", "she", "someone")),
        rng.choice(("dog", "cat", "horse")),
        rng.choice(("red", "green", "black")),
    )
    reference = f"{subject} sees the {other} {noun} and it is small ."
    translation = rng.choice(
        (
            f"the {noun} sees the {other} {noun} .",
            f"{subject} sees the the {noun} is small .",
            f"{subject} has the {other} {noun} and {noun} .",
        )
    )
    first, second = (precision(translation.split(), reference.split(), n) for n in (1, 2))
    c, r = len(translation.split()), len(reference.split())
    penalty = math.exp(1 - r / c)
    p1, p2, brevity = "first precision", "second precision", "penalty"
    unclipped = sum(token in reference.split() for token in translation.split()) / c
    slips = {
        (p1, unclipped): "A token counts at most as often as it occurs in the reference.",
        (p1, first * c / r): "Divide by the number of tokens of the translation.",
        (p2, second * (c - 1) / c): "A sentence of $c$ tokens has $c - 1$ pairs of neighbours.",
        (brevity, math.exp(1 - c / r)): "It is the other way round: $r / c$, with the reference's length above.",
        (brevity, 1.0): "The translation is shorter than the reference.",
        (brevity, c / r): "The penalty is $e^{1 - r/c}$.",
    }
    answer = {p1: first, p2: second, brevity: penalty}
    return Question(
        values={"reference": reference, "translation": translation},
        answer=answer,
        tolerance=0.002,
        slips={(key, value): why for (key, value), why in slips.items() if abs(value - answer[key]) > 0.01},
    )


def precision(translation: list[str], reference: list[str], n: int) -> float:
    """The share of a translation's n-grams that are in the reference."""
    mine, right = (Counter(zip(*(one[i:] for i in range(n)), strict=False)) for one in (translation, reference))
    return sum((mine & right).values()) / sum(mine.values())
