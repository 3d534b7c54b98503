"""Parameters of the heads of ResNet-18 and AlexNet."""

from random import Random

from grader.spec import Question


def heads(rng: Random) -> Question:
    """For as many classes as there were, or fewer."""
    classes = rng.choice((100, 200, 500, 1000))
    small = 512 * classes + classes
    large = 9216 * 4096 + 4096 + 4096 * 4096 + 4096 + 4096 * classes + classes
    resnet, alexnet, ratio = "ResNet-18", "AlexNet", "times as many"
    return Question(
        values={"classes": classes},
        answer={resnet: small, alexnet: large, ratio: large / small},
        tolerance=0.5,
        slips={
            (resnet, 512 * classes): "The outputs have biases.",
            (resnet, 512 * 7 * 7 * classes): "What does the pooling make of 7 by 7? And the outputs have biases.",
            (resnet, 512 * 7 * 7 * classes + classes): "What does the pooling make of 7 by 7?",
            (resnet, 11_689_512): "The head only.",
            (alexnet, large - 4096 - 4096 - classes): "The outputs of each layer have biases.",
            (alexnet, 61_100_840): "The classifier only.",
            (ratio, small / large): "The other way round: how many of the small heads make up the large one?",
        },
    )
