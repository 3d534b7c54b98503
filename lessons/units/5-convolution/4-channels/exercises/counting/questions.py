"""Sizes, parameters and products of convolution layers."""

from random import Random

from grader.spec import Question


def parameters(rng: Random) -> Question:
    """Weights and biases of a layer."""
    while True:
        a, b = rng.randrange(3, 40), rng.randrange(5, 70)
        p, q = rng.choice(((3, 3), (5, 5), (3, 5), (1, 7), (1, 1), (7, 7)))
        if a != b:
            break
    weights = a * b * p * q
    return Question(
        values={"a": a, "b": b, "p": p, "q": q},
        answer={"without bias": weights, "with bias": weights + b},
        slips={
            key: text
            for key, text in {
                ("without bias", b * p * q): "Each kernel has all the input channels.",
                ("without bias", a * p * q): "That is one kernel. There is one for each output channel.",
                ("without bias", p * q): "There are many kernels, each with all the input channels.",
                ("with bias", weights): "The biases are missing.",
                ("with bias", weights + 1): "Each output channel has a bias of its own.",
                ("with bias", weights + a): "A bias belongs to an output channel.",
                ("with bias", weights + a * b): "There is one bias for each output channel, not for each pair of channels.",
            }.items()
            if {"without bias": weights, "with bias": weights + b}[key[0]] != key[1]
        },
    )


def size(rng: Random) -> Question:
    """The size of what a layer returns."""
    while True:
        n, a, b = rng.randrange(5, 60), rng.randrange(2, 9), rng.randrange(9, 30)
        h, w, p, q = rng.randrange(12, 60), rng.randrange(12, 60), rng.randrange(2, 8), rng.randrange(2, 8)
        if len({n, a, b, h, w}) == 5 and p != q and h != w:
            break
    return Question(
        values={"n": n, "a": a, "b": b, "h": h, "w": w, "p": p, "q": q},
        answer=(n, b, h - p + 1, w - q + 1),
        slips={
            (n, a, h - p + 1, w - q + 1): "The channels of the result are those that come out.",
            (n, a * b, h - p + 1, w - q + 1): "The input channels are added up, for each output channel.",
            (n, b, h, w): "The window has to fit into the picture.",
            (n, b, h - p, w - q): "In a row of 3, how many places does a window of width 3 have?",
            (n, b, h - q + 1, w - p + 1): "The kernel's rows belong to the picture's rows.",
            (n, h - p + 1, w - q + 1): "A dimension is missing: the channels.",
        },
    )


def grouped(rng: Random) -> Question:
    """Parameters of a layer whose channels are divided into groups."""
    g, p = rng.choice((2, 3, 4)), rng.choice((3, 5))
    a, b = g * rng.randrange(3, 7), g * rng.randrange(7, 12)
    weights = a // g * b * p * p
    return Question(
        values={"a": a, "b": b, "p": p, "g": g},
        answer=weights + b,
        slips={
            a * b * p * p + b: "The groups are forgotten: each output channel sees the input channels of its own group only.",
            weights: "The biases are missing.",
            weights // g + b: "All output channels have weights, in every group. Divide by the number of groups once.",
            weights + b // g: "Each output channel has a bias, in every group.",
        },
    )


def products(rng: Random) -> Question:
    """Products of numbers for one picture, and for a kernel of one by one."""
    n, a, b, p = rng.choice((12, 16, 22, 30)), rng.choice((3, 6, 10)), rng.choice((5, 8, 20)), rng.choice((3, 5))
    m = n - p + 1
    answer = {"p x p": m * m * p * p * a * b, "1 x 1": n * n * a * b}
    return Question(
        values={"n": n, "a": a, "b": b, "p": p},
        answer=answer,
        slips={
            ("p x p", m * m * p * p * b): "Each output is a sum over all the input channels too.",
            ("p x p", m * m * p * p * a): "That is one output channel.",
            ("p x p", m * m * p * p): "That is one channel in and one out.",
            ("p x p", n * n * p * p * a * b): "Not every pixel is the corner of a window.",
            ("p x p", p * p * a * b): "That is one place of the window.",
            ("1 x 1", n * n * b): "Each output is a sum over all the input channels.",
            ("1 x 1", n * n * a): "That is one output channel.",
            ("1 x 1", n * n): "That is one channel in and one out.",
            ("1 x 1", a * b): "That is one pixel.",
        },
    )
