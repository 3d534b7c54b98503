"""What fusing a softmax saves."""

from random import Random

from grader.spec import Question


def bytes(rng: Random) -> Question:
    rows, columns = rng.choice((1000, 2000, 4000, 5000)), rng.choice((500, 1000, 1500))
    bandwidth = rng.choice((400, 500, 800, 1000))
    one = 4 * rows * columns / bandwidth / 1000
    names = "an operation at a time", "fused"
    return Question(
        values={"rows": rows, "columns": columns, "bandwidth": bandwidth},
        answer={names[0]: 8 * one, names[1]: 2 * one},
        tolerance=0.01,
        slips={
            (names[0], 5 * one): "Five kernels, but most of them read and write.",
            (names[0], 10 * one): "The maximum and the sum write a number for each row only.",
            (names[0], 2 * one): "A float32 number has four bytes.",
            (names[1], one): "A pass for reading, and one for writing.",
            (names[1], one / 2): "A float32 number has four bytes.",
        },
    )
