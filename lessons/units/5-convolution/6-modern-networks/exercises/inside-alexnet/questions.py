"""Parameters of AlexNet, for any number of classes."""

from random import Random

from grader.spec import Question


def count(rng: Random) -> Question:
    """The original has 1,000 classes; here there are fewer or as many."""
    classes = rng.choice((10, 100, 200, 500, 1000))
    first, features, wide = 11 * 11 * 3 * 64 + 64, 2_469_696, 9216 * 4096 + 4096
    classifier = wide + 4096 * 4096 + 4096 + 4096 * classes + classes
    conv1, fc1, head, both = "first convolution", "first linear layer", "classifier", "whole network"
    return Question(
        values={"classes": classes},
        answer={conv1: first, fc1: wide, head: classifier, both: features + classifier},
        slips={
            (conv1, 11 * 11 * 64 + 64): "A kernel looks at all three input channels.",
            (conv1, 11 * 11 * 64): "A kernel looks at all three input channels, and each output channel has a bias.",
            (conv1, 11 * 11 * 3 * 64): "Each output channel has a bias too.",
            (fc1, 9216 * 4096): "Each output has a bias too.",
            (fc1, 256 * 224 * 224 * 4096 + 4096): "The maps are 6 by 6 behind the last pooling.",
            (head, classifier - 4096 - 4096 - classes): "Each output has a bias too.",
            (both, features + classifier - 1152 - 4096 - 4096 - classes): "Every layer has biases too.",
            (both, classifier): "And the convolutions?",
        },
    )
