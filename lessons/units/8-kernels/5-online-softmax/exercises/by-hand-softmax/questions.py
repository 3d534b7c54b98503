"""Two blocks of two scores."""

from math import exp
from random import Random

from grader.spec import Question


def by_hand(rng: Random) -> Question:
    a = rng.randrange(0, 4)
    gap, rise, fall = rng.choice((1, 2)), rng.choice((1, 2)), rng.choice((1, 2, 3))
    b = a + gap
    c = b + rise
    d = c - fall
    first = 1 + exp(-gap)
    factor = exp(-rise)
    second = first * factor + 1 + exp(-fall)
    rows = "maximum", "first sum", "factor", "second sum"
    answer = dict(zip(rows, (float(b), first, factor, second), strict=True))
    slips = {
        (rows[0], float(c)): "The second block has not been seen yet.",
        (rows[1], exp(a) + exp(b)): "The exponentials are relative to the maximum: $e^{x - m}$.",
        (rows[1], 1 + exp(gap)): "Subtract the maximum from both scores.",
        (rows[2], exp(rise)): "The old sum becomes smaller when a higher score comes.",
        (rows[3], first + 1 + exp(-fall)): "The first sum is relative to a maximum that has changed.",
        (rows[3], 1 + exp(-fall)): "The first block counts, too.",
    }
    return Question(
        values={"a": a, "b": b, "c": c, "d": d},
        answer=answer,
        tolerance=0.002,
        slips={key: why for key, why in slips.items() if abs(key[1] - answer[key[0]]) > 0.01},
    )
