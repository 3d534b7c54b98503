"""What the curvatures at a minimum allow: the largest stable rate, and the steps that a small one takes."""

from math import log
from random import Random

from grader.spec import Question


def largest(rng: Random) -> Question:
    """2 over the larger of two curvatures."""
    steep, flat = rng.choice((2.5, 8, 12.5, 16, 32, 40, 64, 80)), rng.choice((0.1, 0.15, 0.2, 0.25, 0.3, 0.4))
    answer = 2 / steep
    return Question(
        values={"steep": steep, "flat": flat},
        answer=answer,
        tolerance=0.01 * answer,
        slips={
            2 / flat: "That is the limit for the flat direction alone. In the steep one such a step leaps far across.",
            1 / steep: "With this rate one step leads right to the bottom of the steep direction. How much longer may it be?",
            steep / 2: "The steeper it is, the shorter the steps must be: the curvature is in the denominator.",
            4 / (steep + flat): "A mean does not help: the limit must hold in the steepest direction.",
        },
    )


def crawl(rng: Random) -> Question:
    """Steps until a distance is a tenth: the share that is left in each is 1 - rate times curvature."""
    rate, flat = rng.choice((0.005, 0.01, 0.015, 0.02, 0.025)), rng.choice((0.12, 0.15, 0.18, 0.2, 0.24))
    answer = log(10) / -log(1 - rate * flat)
    return Question(
        values={"rate": rate, "flat": flat},
        answer=answer,
        tolerance=0.01 * answer,
        slips={
            1 / (rate * flat): "After so many steps about a third is left: a step takes a share of what is still there.",
            0.9 / (rate * flat): "A step does not take the same distance each time, but the same share of what is left.",
            10 / (rate * flat): "After so many steps far less than a tenth is left. How often is 1 - rate times curvature multiplied?",
            log(2) / -log(1 - rate * flat): "After so many steps a half is left, not a tenth.",
        },
    )
