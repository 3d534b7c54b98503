"""The gradient of one point, from its probability and its coordinates."""

from random import Random

from grader.spec import Question


def values(rng: Random) -> Question:
    """(y - yt)(x0, x1, 1) for a point of either colour."""
    black = rng.random() < 0.5
    p = rng.choice([0.6, 0.7, 0.8, 0.9]) if black else rng.choice([0.1, 0.2, 0.3, 0.4])
    x0, x1 = (rng.choice([-1, 1]) * rng.choice([3, 5, 7, 9]) / 2 for _ in range(2))
    factors = {"w0": x0, "w1": x1, "b": 1.0}
    error = p - 1 if black else p
    answer = {name: round(error * factor, 6) for name, factor in factors.items()}
    slips = {}
    for name, factor in factors.items():
        slips[name, round(-error * factor, 6)] = "The sign is the other one: the error is $y - y_t$, not $y_t - y$."
        slips[name, round(error * p * (1 - p) * factor, 6)] = "The factor $y(1 - y)$ has cancelled: leave it out."
    other = p if black else p - 1
    slips["b", round(other, 6)] = "Which label has this colour? Black is 1 and white is 0."
    values = {"colour": "black" if black else "white", "p": p, "x0": x0, "x1": x1}
    return Question(values=values, answer=answer, tolerance=0.0005, slips=slips)
