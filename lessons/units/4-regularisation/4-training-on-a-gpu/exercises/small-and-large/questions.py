"""How much a network has to compute."""

from random import Random

from grader.spec import Question


def products(rng: Random) -> Question:
    """The multiplications of a network with two hidden layers, for a mini-batch."""
    a, b = rng.choice((30, 50, 60, 80)), rng.choice((20, 25, 40))
    N = rng.choice((10, 100))
    one = 784 * a + a * b + b * 10
    return Question(
        values={"a": a, "b": b, "N": N},
        answer={"for one sample": one, "for the mini-batch": N * one},
        slips={
            ("for one sample", one + a + b + 10): "A bias is added, not multiplied.",
            ("for one sample", 784 + a + b + 10): "Every unit of a layer is multiplied for every unit of the next one.",
            ("for one sample", 784 * a * b * 10): "The layers come one after the other, so their numbers are added.",
            ("for one sample", 784 * a + a * b): "The last layer computes too.",
            ("for the mini-batch", one): "Every sample goes through the whole network.",
            ("for the mini-batch", N * (one + a + b + 10)): "A bias is added, not multiplied.",
        },
    )
