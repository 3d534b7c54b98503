"""The cost of the untrained network over the entire training set."""

from random import Random

from grader.spec import Question


def value(rng: Random) -> Question:
    """Between 2.2 and 2.5, whatever the seed and whichever of the two data sets."""
    return Question(
        values={},
        answer=2.35,
        tolerance=0.15,
        slips={
            1.0: "That is a logarithm to base 10. `torch.log` is the natural one.",
            3.3: "That is a logarithm to base 2. `torch.log` is the natural one.",
            11.0: "About the logarithm of 60,000: your softmax adds up over the pictures, not over the classes.",
            0.1: "That looks like a share of right answers, or a probability. The cost is minus its logarithm.",
            139000: "That is a sum over all pictures. The cost is their mean.",
            23.0: "Ten times too much: is the mean taken over the pictures?",
        },
    )
