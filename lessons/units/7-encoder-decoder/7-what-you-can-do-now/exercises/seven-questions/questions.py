"""One question for a unit, where there is something to calculate."""

import math
from random import Random

from grader.spec import Question


def tensors(rng: Random) -> Question:
    a, b, c = rng.sample(range(3, 12), 3)
    return Question(
        values={"a": a, "b": b, "c": c},
        answer=(a, b, c),
        slips={
            (a, c): "`b` has three dimensions, and so has the result.",
            (a, 1, c): "The 1 of `A` meets another size in `B`, and is stretched.",
            (b, c): "`A` has a dimension more in front, which stays.",
            None: "Compared from the right, each pair of sizes is equal or has a 1 in it.",
        },
    )


def first_steps(rng: Random) -> Question:
    classes = rng.choice((12, 20, 50, 120))
    return Question(
        values={"classes": classes},
        answer=math.log(classes),
        tolerance=0.01,
        slips={
            1 / classes: "That is the probability of the right class. The cost is minus its logarithm.",
            1 - 1 / classes: "That is the share of wrong answers. Cross entropy is minus a logarithm.",
            math.log2(classes): "The logarithm is the natural one.",
            -math.log(classes): "A probability is at most 1, so minus its logarithm is not negative.",
        },
    )


def convolution(rng: Random) -> Question:
    size, inputs, outputs, kernel = rng.choice((32, 40, 48)), rng.choice((3, 6)), rng.choice((10, 12, 20)), rng.choice((5, 7))
    side, count = "height and width", "parameters"
    half = (size + 2 - kernel) // 2 + 1
    return Question(
        values={"size": size, "inputs": inputs, "outputs": outputs, "kernel": kernel},
        answer={side: half, count: outputs * inputs * kernel**2 + outputs},
        slips={
            (side, size + 2 - kernel + 1): "The stride is 2: the window moves on by two pixels.",
            (side, (size - kernel) // 2 + 1): "There is a pixel of padding on each side.",
            (side, size // 2): "With this padding the window does not fit as often.",
            (count, outputs * inputs * kernel**2): "Each filter has a bias.",
            (count, outputs * kernel**2 + outputs): "A filter has weights for each channel of the input.",
            (count, inputs * kernel**2 + inputs): "There is a filter for each channel of the output.",
        },
    )
