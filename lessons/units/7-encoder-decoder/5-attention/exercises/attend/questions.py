"""Attention with three keys."""

import math
from random import Random

from grader.spec import Question


def by_hand(rng: Random) -> Question:
    a, gap = rng.randrange(1, 4), rng.choice((1, 2))
    b = a + gap
    u, v, w = rng.sample(range(-6, 9), 3)
    e = math.exp(gap)
    answer = (u + v + e * w) / (2 + e)
    slips = {
        (u + v + w) / 3: "That is the plain mean. Weights come from the scores.",
        float(w): "That is the value of the best key. A mean of all values is wanted.",
        (a * u + a * v + b * w) / (2 * a + b): "The weights are the softmax of the scores, not the scores themselves.",
        a * u + a * v + b * w: "The weights are the softmax of the scores, not the scores themselves.",
        (u + v + w / e) / (2 + 1 / e): "The larger score gets the larger weight.",
    }
    return Question(
        values={"a": a, "b": b, "u": u, "v": v, "w": w},
        answer=answer,
        tolerance=0.004,
        slips={value: why for value, why in slips.items() if abs(value - answer) > 0.02},
    )
