"""What fully connected layers on pictures cost."""

from random import Random

from grader.spec import Question


def first_layer(rng: Random) -> Question:
    """Weights of one neuron, and parameters of a layer, on a colour picture."""
    h, w = rng.choice(((200, 300), (300, 400), (480, 640), (600, 800)))
    m = rng.choice((20, 50, 80, 200))
    inputs = 3 * h * w
    return Question(
        values={"h": h, "w": w, "m": m},
        answer={"weights of one neuron": inputs, "parameters of the layer": m * (inputs + 1)},
        slips={
            ("weights of one neuron", h * w): "Each pixel has three numbers.",
            ("weights of one neuron", inputs + 1): "That counts the bias too, which is no weight.",
            ("weights of one neuron", h * w * m): "That is a matter of one neuron, and of three channels.",
            ("parameters of the layer", m * inputs): "Each neuron has a bias too.",
            ("parameters of the layer", m * inputs + 1): "Each neuron has a bias of its own.",
            ("parameters of the layer", m * (h * w + 1)): "Each pixel has three numbers.",
        },
    )


def memory(rng: Random) -> Question:
    """Bytes of the weights, and of their gradients and momentum."""
    n = rng.choice((30, 50, 60, 120, 250))
    return Question(
        values={"n": n},
        answer={"weights": 4 * n, "weights, gradients, momentum": 12 * n},
        slips={
            ("weights", n): "A float32 has more than one byte.",
            ("weights", 8 * n): "That would be float64.",
            ("weights", 32 * n): "It has 32 bits. How many bytes are these?",
            ("weights, gradients, momentum", 8 * n): "There are three tensors of that size.",
            ("weights, gradients, momentum", 4 * n): "That is the weights alone.",
        },
    )
