"""A running average of a value that stays the same."""

from random import Random

from grader.spec import Question


def averages(rng: Random) -> Question:
    """After one, two and very many mini-batches."""
    m = rng.randrange(2, 30)
    return Question(
        values={"m": m},
        answer={"after one": round(0.1 * m, 3), "after two": round(0.19 * m, 3), "after very many": m},
        tolerance=1e-3,
        slips={
            ("after one", round(0.9 * m, 3)): "The new value has the weight 0.1.",
            ("after two", round(0.2 * m, 3)): "The old value is multiplied by 0.9 before the new one comes.",
            ("after two", round(0.99 * m, 3)): "The new value has the weight 0.1.",
            ("after very many", 0): "The start is forgotten.",
        },
    )
