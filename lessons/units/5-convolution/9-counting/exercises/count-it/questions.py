"""Sizes, parameters, multiplications and receptive fields of small convolutional networks."""

from random import Random

from grader.spec import Question


def network(rng: Random) -> tuple[int, int, int, int, int]:
    """Side, filters, kernel, outputs; and the side behind the convolution, which is even."""
    kernel, places = rng.choice((3, 5, 6, 7)), 2 * rng.randrange(6, 12)
    return places + kernel - 1, rng.choice((3, 4, 5)), kernel, rng.randrange(7, 12), places


def sizes(rng: Random) -> Question:
    """Behind the convolution and behind the pooling."""
    side, filters, kernel, _, places = network(rng)
    half = places // 2
    return Question(
        values={"side": side, "filters": filters, "kernel": kernel},
        answer={"convolution": (filters, places, places), "pooling": (filters, half, half)},
        slips={
            ("convolution", (filters, side - kernel, side - kernel)): "One more: the first window counts too.",
            ("convolution", (filters, side, side)): "Nothing is padded, so the window does not fit everywhere.",
            ("convolution", (places, places, filters)): "Channels come first.",
            ("convolution", (1, places, places)): "Each filter gives a channel.",
            ("pooling", (filters, places - 1, places - 1)): "The window of the pooling moves by two.",
            ("pooling", (half, half, filters)): "Channels come first.",
            ("pooling", (1, half, half)): "Pooling treats each channel by itself, and keeps their number.",
        },
    )


def parameters(rng: Random) -> Question:
    """Of the convolution, and of the network."""
    side, filters, kernel, outputs, places = network(rng)
    convolution, last = filters * kernel**2, filters * (places // 2) ** 2 * outputs
    return Question(
        values={"side": side, "filters": filters, "kernel": kernel, "outputs": outputs},
        answer={"convolution": convolution, "network": convolution + last},
        slips={
            ("convolution", convolution + filters): "There are no biases here.",
            ("convolution", kernel**2): "Each filter has weights of its own.",
            ("convolution", filters * kernel): "A filter has rows and columns.",
            ("network", last): "That is the last layer alone.",
            ("network", convolution + filters * places**2 * outputs): "The last layer comes behind the pooling.",
            ("network", convolution + (places // 2) ** 2 * outputs): "The last layer gets all the channels.",
            ("network", convolution + last + filters + outputs): "There are no biases here.",
        },
    )


def multiplications(rng: Random) -> Question:
    """Of the whole network, for one picture."""
    side, filters, kernel, outputs, places = network(rng)
    convolution, means = kernel**2 * places**2 * filters, filters * (places // 2) ** 2
    last = means * outputs
    return Question(
        values={"side": side, "filters": filters, "kernel": kernel, "outputs": outputs},
        answer=convolution + means + last,
        slips={
            convolution + last: "The means count too, one division each.",
            filters * convolution + means + last: "You have counted the filters twice: each output takes the weights of one filter.",
            convolution: "That is the convolution alone.",
            convolution // filters + means + last: "All filters do this work.",
            filters * kernel**2 + last: "That is the number of weights. A filter is applied at every place.",
            convolution + 4 * means + last: "A mean of four numbers takes three additions, and one division.",
        },
    )


def field(rng: Random) -> Question:
    """Several convolutions alike, and two with pooling between."""
    layers, kernel = rng.randrange(3, 7), rng.choice((3, 5, 7))
    first, second = rng.choice((3, 5, 7)), rng.choice((3, 5, 7))
    plain = 1 + layers * (kernel - 1)
    mixed = 1 + (first - 1) + 1 + 2 * (second - 1)
    return Question(
        values={"layers": layers, "kernel": kernel, "first": first, "second": second},
        answer={"plain": plain, "pooling": mixed},
        slips={
            ("plain", layers * kernel): "Neighbouring windows overlap: each layer adds one less than its width.",
            ("plain", kernel**layers): "Sizes are added, not multiplied.",
            ("plain", kernel): "That is seen from the layer before. Go back to the picture.",
            ("pooling", first + second): "The pooling sees two numbers, and makes every step behind it twice as wide.",
            ("pooling", first + second - 1): "Pooling adds one, and makes every step behind it twice as wide.",
            ("pooling", first + 1 + second - 1): "Behind the pooling a step of one is a step of two pixels.",
            ("pooling", first + 2 * (second - 1)): "The window of the pooling adds one, too.",
        },
    )
