"""The bounds of Xavier's rule and of PyTorch's own."""

from math import sqrt
from random import Random

from grader.spec import Question


def bounds(rng: Random) -> Question:
    """For a layer of other sizes each time."""
    inputs, outputs = rng.randrange(30, 90), rng.randrange(100, 400)
    total = inputs + outputs
    return Question(
        values={"inputs": inputs, "outputs": outputs},
        answer={"Xavier": sqrt(6 / total), "PyTorch": 1 / sqrt(inputs)},
        tolerance=2e-4,
        slips={
            ("Xavier", sqrt(6) / total): "The root goes over the whole fraction.",
            ("Xavier", sqrt(2 / total)): "That is the standard deviation. The bound of a uniform distribution is larger, by the root of 3.",
            ("Xavier", 2 / total): "That is the variance.",
            ("PyTorch", 1 / sqrt(outputs)): "It goes by the number of inputs.",
            ("PyTorch", 1 / inputs): "A root is missing.",
        },
    )
