"""What is left of a rate that decays in the wrong place."""

from math import ceil
from random import Random

from grader.spec import Question


def every_batch(rng: Random) -> Question:
    """Few enough iterations for a rate that can still be written down."""
    pictures, size = rng.choice((5_000, 6_000, 10_000)), rng.choice((300, 512, 600))
    lr, gamma = rng.choice((0.5, 0.2, 0.4)), rng.choice((0.9, 0.8))
    n = ceil(pictures / size)
    count, right, wrong = "iterations in an epoch", "rate in the second epoch", "rate with step() in the wrong place"
    return Question(
        values={"pictures": pictures, "size": size, "lr": lr, "gamma": gamma},
        answer={count: n, right: round(lr * gamma, 6), wrong: round(lr * gamma**n, 8)},
        tolerance=2e-6,
        slips={
            (count, n - 1): "The last mini-batch is smaller, but it is one."
            if pictures % size
            else "Divide once more.",
            (count, pictures): "That is the number of pictures. How many mini-batches do they make?",
            (right, lr): "At the end of the first epoch the rate is multiplied by gamma.",
            (right, gamma): "That is the factor. What is the rate?",
            (right, round(lr * gamma**2, 6)): "The first epoch has the initial rate itself.",
            (wrong, round(gamma**n, 8)): "That is what is left of a rate of 1.",
            (
                wrong,
                round(lr * gamma ** (n - 1), 8),
            ): "How many times has step() been called when the first epoch is over?",
            (
                wrong,
                round(lr * gamma ** (n + 1), 8),
            ): "How many times has step() been called when the first epoch is over?",
        },
    )
