"""Sizes and parameters of convolutions in one dimension."""

from random import Random

from grader.spec import Question


def size(rng: Random) -> Question:
    """One application of the general formula."""
    while True:
        kernel, stride, padding, dilation = rng.choice((3, 5, 7)), rng.choice((2, 3)), rng.choice((4, 5, 6)), rng.choice((2, 3))
        length = rng.randrange(40, 90)
        room = length + 2 * padding - dilation * (kernel - 1) - 1
        slips = {
            (length + padding - dilation * (kernel - 1) - 1) // stride + 1: "The padding is added at both ends.",
            (length + 2 * padding - kernel) // stride + 1: "With a dilation the window is longer: d (K - 1) + 1.",
            (length - dilation * (kernel - 1) - 1) // stride + 1: "The padding makes the signal longer.",
            room // stride: "One more: the first window counts too.",
            room + 1: "The window moves by the stride.",
            (room + stride - 1) // stride + 1: "A last window that does not fit any more is left out: round down.",
        }
        answer = room // stride + 1
        if answer not in slips and len(slips) == 6:
            return Question(
                values={"length": length, "kernel": kernel, "stride": stride, "padding": padding, "dilation": dilation},
                answer=answer,
                slips=slips,
            )


def parameters(rng: Random) -> Question:
    """A convolution beside a fully connected layer of the same sizes."""
    inputs, outputs, kernel = rng.randrange(3, 9), rng.randrange(10, 40), rng.choice((3, 5, 7))
    length = rng.randrange(20, 60)
    places = length - kernel + 1
    return Question(
        values={"inputs": inputs, "outputs": outputs, "kernel": kernel, "length": length, "places": places},
        answer={"convolution": inputs * outputs * kernel + outputs, "connected": length * places + places},
        slips={
            ("convolution", inputs * outputs * kernel): "Each output channel has a bias.",
            ("convolution", inputs * outputs * kernel + 1): "There is a bias for each output channel.",
            ("convolution", outputs * kernel + outputs): "A kernel has weights for every input channel.",
            ("connected", length * places): "Each output has a bias.",
            ("connected", length * places + length): "Biases belong to the outputs.",
        },
    )
