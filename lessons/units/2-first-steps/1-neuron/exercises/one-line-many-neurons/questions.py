"""A neuron whose parameters are multiplied: what becomes of a probability."""

import math
from random import Random

from grader.spec import Question


def steeper(rng: Random) -> Question:
    """The probability S(cz) for a point with S(z) = p."""
    p = rng.choice([0.55, 0.6, 0.65, 0.7, 0.8])
    c = rng.choice([2, 3, 4, 5])
    answer = 1 / (1 + math.exp(-c * math.log(p / (1 - p))))
    slips = {
        p: "Only the line stays. $z$ is multiplied, so the probability changes.",
        round(1 / (1 + math.exp(-c * p)), 4): "You put $p$ into the sigmoid. First find the $z$ that belongs to $p$.",
        round(1 - answer, 4): "That is the probability of white. The factor is positive: black stays more probable.",
        round(c * p, 4): "It is $z$ that is multiplied, not the probability, which cannot be larger than 1.",
    }
    return Question(values={"p": p, "c": c}, answer=round(answer, 6), tolerance=0.0006, slips=slips)
