"""Sizes of transposed convolutions, their weights, and how often a pixel is stamped."""

from random import Random

from grader.spec import Question


def sizes(rng: Random) -> Question:
    """Rows of the output for four settings."""
    n, p, s = rng.randrange(6, 12), rng.choice((3, 5)), rng.choice((3, 4))
    settings = [(1, 0, 0), (2, 0, 0), (2, 1, 1), (s, 1, s - 1)]
    answer, slips = {}, {}
    for stride, padding, extra in settings:
        name = f"stride={stride}" + (f", padding={padding}, output_padding={extra}" if padding else "")
        answer[name] = right = (n - 1) * stride - 2 * padding + p + extra
        wrong = {
            (n + 2 * padding - p) // stride + 1: "That is a convolution. Here the picture grows with the stride.",
            n * stride - 2 * padding + p + extra: "There are n stamps in a row, so n - 1 steps between them.",
            (n - 1) * stride + 2 * padding + p + extra: "Padding is cut off here, not added.",
            (n - 1) * stride - 2 * padding + p: "The output padding is missing.",
        }
        slips |= {(name, value): text for value, text in wrong.items() if value != right}
    return Question(values={"n": n, "p": p}, answer=answer, slips=slips)


def weights(rng: Random) -> Question:
    """The size of the weights, input channels first."""
    i, o, p, q = rng.sample((3, 5, 6, 7, 9, 10, 12), 4)
    return Question(
        values={"i": i, "o": o, "p": p, "q": q},
        answer=(i, o, p, q),
        slips={(o, i, p, q): "That is how `nn.Conv2d` has it. Here the input channels come first.", (i, o, q, p): "Rows come before columns."},
    )


def count(rng: Random) -> Question:
    """Parameters of two convolutions and two transposed ones, with 3 x 3 kernels."""
    a, b = rng.choice((6, 10, 12, 16)), rng.choice((20, 24, 32, 40))
    weights = 9 * (a + a * b + b * a + a)
    biases = a + b + a + 1
    return Question(
        values={"a": a, "b": b},
        answer=weights + biases,
        slips={
            weights: "The biases are missing.",
            weights + a + b + b + a: "A bias belongs to an output channel, in transposed convolutions, too.",
            9 * (a + a * b) + a + b: "That is the encoder alone.",
        },
    )


def overlap(rng: Random) -> Question:
    """The fewest and the most stamps that reach a pixel."""
    p, s = rng.choice(((3, 2), (5, 2), (5, 3), (7, 3), (7, 4), (8, 3), (7, 2)))
    few, many = p // s, -(-p // s)
    return Question(
        values={"p": p, "s": s},
        answer={"at the least": few**2, "at the most": many**2},
        slips={
            key: text
            for key, text in {
                ("at the least", few): "That is for a row. There are columns, too.",
                ("at the most", many): "That is for a row. There are columns, too.",
                ("at the most", p * p): "That many with a stride of 1.",
            }.items()
            if {"at the least": few**2, "at the most": many**2}[key[0]] != key[1]
        },
    )
