"""Parameters of a linear layer and a softmax."""

from random import Random

from grader.spec import Question


def ours(rng: Random) -> Question:
    """The model of the lesson."""
    return Question(
        values={},
        answer=7850,
        slips={
            7840: "Those are the weights. One bias per class is missing.",
            784: "Each class has its own weights: ten times as many. And its own bias.",
            785: "That would be a single neuron. Each class has weights and a bias of its own.",
            794: "Each class has its own weights: ten times 784 of them, not 784 for all.",
            7860: "Softmax has no parameters. It only computes with the ten sums.",
            8624: "One bias for each class, not for each pixel.",
        },
    )


def others(rng: Random) -> Question:
    """Other sizes."""
    height, width = rng.randrange(11, 20), rng.randrange(21, 30)
    classes = rng.randrange(4, 9)
    inputs = 3 * height * width
    return Question(
        values={"height": height, "width": width, "classes": classes},
        answer=inputs * classes + classes,
        slips={
            inputs * classes: "One bias per class is missing.",
            height * width * classes + classes: "A pixel in colour is three numbers, and each has its own weight.",
            inputs + classes: "Each class has its own weights; they do not share them.",
            inputs * classes + 2 * classes: "Softmax has no parameters.",
            inputs * classes + 3 * classes: "One bias per class, not one for each class and colour.",
        },
    )
