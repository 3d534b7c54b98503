"""Parameters and multiplications of networks like LeNet-5."""

from random import Random

from grader.spec import Question


def table(rng: Random) -> Question:
    """Of each of the five layers."""
    a, b, c, d = rng.randrange(4, 10), rng.randrange(12, 20), rng.randrange(90, 130), rng.randrange(60, 80)
    return Question(
        values={"a": a, "b": b, "c": c, "d": d},
        answer={
            "conv1": 25 * a + a, "conv2": 25 * a * b + b, "conv3": 25 * b * c + c, "fc": c * d + d, "fc_output": 10 * d + 10,
        },
        slips={
            ("conv1", 25 * a): "Each output channel has a bias.",
            ("conv2", 25 * b + b): "A kernel has weights for each input channel.",
            ("conv2", 25 * a * b): "Each output channel has a bias.",
            ("conv3", 25 * c + c): "A kernel has weights for each input channel.",
            ("conv3", 25 * b * c): "Each output channel has a bias.",
            ("fc", c * d): "Each unit has a bias.",
            ("fc", 25 * c * d + d): "Behind conv3 there is one place, not 25.",
            ("fc_output", 10 * d): "Each unit has a bias.",
        },
    )  # fmt: skip


def work(rng: Random) -> Question:
    """Multiplications of the three convolutions."""
    a, b, c = rng.randrange(4, 10), rng.randrange(12, 20), rng.randrange(90, 130)
    first, second, third = 25 * a * 28 * 28, 25 * a * b * 100, 25 * b * c
    return Question(
        values={"a": a, "b": b, "c": c},
        answer=first + second + third,
        slips={
            25 * a + 25 * a * b + third: "That is the number of weights. Each is used at every place.",
            25 * a * 24 * 24 + second + third: "The first convolution pads: it has 28 x 28 places.",
            first + 25 * b * 100 + 25 * c: "Each output takes a window of every input channel.",
            first + 25 * a * b * 14 * 14 + third: "A window of 5 x 5 fits at 10 places in 14.",
            first + second + 25 * third: "The third convolution has a single place.",
        },
    )
