"""What a network can reach at most on a set with classes that it has never seen."""

from random import Random

from grader.spec import Question


def bound(rng: Random) -> Question:
    """Numbers of pictures of each class in a validation set."""
    counts = [rng.randrange(600, 800, 10) for _ in range(5)] + [rng.randrange(820, 1000, 10) for _ in range(2)]
    seen, total = sum(counts[:5]), sum(counts)
    best = rng.choice((0.9, 0.92, 0.88))
    most, likely = "at most", "with that accuracy"
    return Question(
        values={"counts": ", ".join(str(one) for one in counts), "best": round(100 * best)},
        answer={most: seen / total, likely: best * seen / total},
        tolerance=0.0006,
        slips={
            (most, 1.0): "It can never be right about a class that it never answers.",
            (most, 5 / 7): "The classes do not all have the same number of pictures.",
            (most, best): "That is the accuracy on the classes that it knows.",
            (most, (total - seen) / total): "That is the share of the classes that were never seen.",
            (likely, best): "And on the pictures of the classes 5 and 6?",
            (likely, best * 5 / 7): "The classes do not all have the same number of pictures.",
        },
    )
