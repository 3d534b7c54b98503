"""How fast momentum becomes on an even slope."""

from math import sqrt
from random import Random

from grader.spec import Question


def lengths(rng: Random) -> Question:
    """Three updates on a slope whose gradient has a whole length, and where they lead."""
    a, b, norm = rng.choice(((3, 4, 5), (6, 8, 10), (5, 12, 13), (8, 15, 17)))
    beta = rng.choice((0.5, 0.8, 0.9))
    alpha = rng.choice((0.1, 0.2))
    first, second = alpha * norm, alpha * norm * (1 + beta)
    limit = alpha * norm / (1 - beta)
    return Question(
        values={"a": a, "b": b, "alpha": alpha, "beta": beta},
        answer={"first update": first, "second update": second, "limit": limit},
        tolerance=2e-3,
        slips={
            ("first update", alpha * norm * (1 - beta)): "In this convention the gradient has no factor of 1 - beta.",
            ("first update", alpha * (a + b)): "The length of a vector is the root of the sum of squares.",
            ("second update", alpha * norm * beta): "The new gradient is added to what is left of the velocity.",
            ("second update", alpha * norm * (2 + beta)): "That is the distance after two updates. How long is the second?",
            ("limit", alpha * norm): "That is the first update. The velocity grows.",
            ("limit", norm / (1 - beta)): "The rate is missing.",
            ("limit", alpha * norm / sqrt(1 - beta * beta)): "The velocities add up to a geometric series; no root is needed.",
        },
    )
