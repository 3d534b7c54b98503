"""Rates for the sum that do what a rate for the mean does."""

from random import Random

from grader.spec import Question


def rates(rng: Random) -> Question:
    """A rate for the mean, and two sizes of the data set."""
    points = rng.choice((100, 200, 400, 500))
    factor = rng.choice((30, 60, 125, 250))
    rate = rng.choice((0.1, 0.2, 0.4))
    same, smaller = "rate for the sum", "divided by"
    return Question(
        values={"points": points, "more": points * factor, "rate": rate},
        answer={same: rate / points, smaller: factor},
        tolerance=1e-8,
        slips={
            (same, rate): "The gradient of the sum is larger, so this rate would make longer steps.",
            (same, rate * points): "The gradient of the sum is larger. Must the rate be larger too, or smaller?",
            (smaller, points * factor): "How many times as many points are there now?",
            (smaller, 1): "The gradient of the sum grows with the number of points.",
        },
    )
