"""The size of the network, and its numbers for friendly parameters."""

from random import Random

from grader.spec import Question


def drawing(rng: Random) -> Question:
    """What there is to be seen in the drawing."""
    return Question(
        values={},
        answer={"neurons": 4, "parameters": 10, "inputs of each neuron in the second layer": 1,
                "neurons that get the first neuron's output": 2},
        slips={
            ("neurons", 6): "The two inputs are numbers that are given. A neuron computes something.",
            ("neurons", 3): "There are three layers; one of them has two neurons.",
            ("parameters", 6): "Those are the weights. Every neuron has a bias too.",
            ("parameters", 4): "Those are the biases.",
            ("inputs of each neuron in the second layer", 2): "`Linear(1, 2)` has one input and two outputs.",
            ("neurons that get the first neuron's output", 1): "`Linear(1, 2)` gives it to two neurons.",
        },
    )  # fmt: skip


def forward(rng: Random) -> Question:
    """The parameters are such that y is 0.5, and each derivative is a short decimal."""
    c = rng.choice((0.4, 0.6, 0.8, 1.2))  # the weight of the unit that is on
    return Question(
        values={"c": c, "b": round(-1.5 * c, 1)},
        answer={"y": 0.5, "W3, first": -0.75, "W3, second": 0, "b3": -0.5, "b2, first": round(-0.5 * c, 2),
                "b2, second": 0, "W1, second": round(-0.5 * c, 2)},
        tolerance=1e-3,
        slips={
            ("y", 0): "That is the sum in front of the sigmoid.",
            ("W3, first", 0.75): "The error is y - 1. A larger weight makes y larger, and H smaller.",
            ("W3, second", 0.5): "The second unit is off: its output is 0, whatever goes in.",
            ("b3", 0.5): "The error is y - 1, which is negative.",
            ("b3", -0.125): "y - 1 contains the slope of the sigmoid already.",
            ("b2, first", round(0.5 * c, 2)): "The sign of the error is lost.",
            ("b2, second", -0.3): "That unit is off: nothing comes back through its ReLU.",
            ("W1, second", round(-0.25 * 0.5 * c, 4)): "A weight gets the derivative times its input, which is 1 here.",
        },
    )  # fmt: skip
