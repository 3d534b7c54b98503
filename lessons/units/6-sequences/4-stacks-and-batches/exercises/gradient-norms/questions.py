"""The largest entry of a matrix, and its largest row sum."""

from random import Random

from grader.spec import Question


def two_norms(rng: Random) -> Question:
    a, b = rng.randrange(1, 4), -rng.randrange(5, 9)
    c, d = -rng.randrange(1, 3), rng.randrange(1, 4)
    entry, rows = "largest entry", "row sum"
    slips = {
        (entry, b): "A norm is not negative.",
        (entry, a - b): "That is the sum of a row. A single entry is wanted.",
        (entry, max(a, d)): "Take the absolute values first.",
        (rows, a + b): "The absolute values are added.",
    }
    if a != d:
        slips[rows, d - b] = "That is the sum of a column."
    return Question(
        values={"a": a, "b": b, "c": c, "d": d},
        answer={entry: -b, rows: a - b},
        slips=slips,
    )
