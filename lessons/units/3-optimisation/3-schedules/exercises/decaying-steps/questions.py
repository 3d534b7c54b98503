"""How far a run with a decaying rate can get."""

from random import Random

from grader.spec import Question


def reach(rng: Random) -> Question:
    """Sums of a geometric series, and the length of the longest way."""
    alpha, gamma = rng.choice((0.2, 0.4, 0.6)), rng.choice((0.8, 0.9, 0.95))
    n, length = rng.choice((2, 3)), rng.choice((7, 12, 30))
    start, every = alpha * (1 - gamma**n) / (1 - gamma), alpha / (1 - gamma)
    few, all_, far = f"first {n} epochs", "all epochs", "farthest"
    return Question(
        values={"alpha": alpha, "gamma": gamma, "n": n, "length": length},
        answer={few: round(start, 6), all_: round(every, 6), far: round(every * length, 6)},
        tolerance=1e-3,
        slips={
            (few, alpha * n): "That is the sum without decay.",
            (few, start * gamma): "The first epoch has the initial rate itself.",
            (few, alpha * gamma ** (n - 1)): "That is the last of these rates. What is their sum?",
            (all_, every * gamma): "The first epoch has the initial rate itself.",
            (all_, 1 / (1 - gamma)): "The initial rate is missing.",
            (far, length / (1 - gamma)): "The initial rate is missing.",
            (far, alpha * length): "That is the first step. The others go on from there.",
            (far, every): "That is the sum of the rates. A step is a rate times a gradient.",
        },
    )
