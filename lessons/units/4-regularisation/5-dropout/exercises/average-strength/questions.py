"""An entry on its way through a dropout layer."""

from random import Random

from grader.spec import Question


def strength(rng: Random) -> Question:
    """Training and prediction, in both versions."""
    p, x = rng.choice(((0.2, 8), (0.2, 12), (0.25, 6), (0.25, 12), (0.75, 6), (0.6, 10), (0.4, 6), (0.4, 9)))
    keep = 1 - p
    return Question(
        values={"p": p, "x": x},
        answer={
            "PyTorch if it stays": round(x / keep, 6),
            "PyTorch on average": x,
            "PyTorch in prediction": x,
            "lesson on average": round(x * keep, 6),
            "lesson in prediction": round(x * keep, 6),
        },
        tolerance=1e-3,
        slips={
            ("PyTorch if it stays", x): "That is the lesson's layer. PyTorch divides what stays.",
            ("PyTorch if it stays", round(x / p, 6)): "It is divided by the probability of staying, not by that of being dropped.",
            ("PyTorch if it stays", round(x * keep, 6)): "It is divided by 1 - p, so that it becomes stronger.",
            ("PyTorch on average", round(x / keep, 6)): "That is what stays. Sometimes the entry is 0.",
            ("PyTorch on average", round(x * keep, 6)): "What stays has been divided by 1 - p before.",
            ("PyTorch in prediction", round(x * keep, 6)): "PyTorch's layer does nothing in prediction mode.",
            ("PyTorch in prediction", round(x / keep, 6)): "PyTorch's layer does nothing in prediction mode.",
            ("lesson on average", x): "Sometimes the entry is 0. With what probability?",
            ("lesson on average", round(x * p, 6)): "It is dropped with the probability p, so it stays with the probability 1 - p.",
            ("lesson in prediction", x): "In prediction mode the lesson's layer is weaker, so that it fits the average.",
            ("lesson in prediction", round(x * p, 6)): "It is multiplied by 1 - p.",
        },
    )


def spread(rng: Random) -> Question:
    """The variance of what PyTorch's layer makes of an entry in training mode."""
    p, x = rng.choice(((0.2, 6), (0.2, 4), (0.5, 3), (0.5, 7), (0.8, 2), (0.8, 3), (0.75, 2), (0.25, 6)))
    right = x * x * p / (1 - p)
    return Question(
        values={"p": p, "x": x},
        answer=round(right, 6),
        tolerance=1e-3,
        slips={
            round(x * x / (1 - p), 6): "That is the mean of the square. Subtract the square of the mean.",
            round(x * x * p * (1 - p), 6): "That is the lesson's layer, which does not divide what stays.",
            round(right**0.5, 6): "That is the standard deviation. The variance is its square.",
        },
    )
