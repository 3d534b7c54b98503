"""Two by two pixels stamp a kernel of two by two."""

from random import Random

from grader.spec import Question


def by_hand(rng: Random) -> Question:
    """The diagonal of the output, and its top right corner."""
    while True:
        (a, b), (c, d) = x = [[rng.choice((1, 2, 3, 4, -1, -2)) for _ in range(2)] for _ in range(2)]
        (k, m), (n, o) = kernel = [[rng.choice((1, 2, 3, -1, -3)) for _ in range(2)] for _ in range(2)]
        middle = a * o + b * n + c * m + d * k
        turned = a * k + b * m + c * n + d * o
        if len({middle, turned, d * k, a * o}) == 4 and b * m != b * n and a * k != a * o and d * o != d * k:
            break
    return Question(
        values={"x": rows(x), "k": rows(kernel)},
        answer={"first": a * k, "middle": middle, "last": d * o, "top right": b * m},
        slips={
            ("first", a * o): "The kernel is not turned: its first number meets the first corner of the stamp.",
            ("middle", turned): "The middle is the last corner of the first pixel's stamp, and the first corner of the last one's.",
            ("middle", d * k): "Four stamps overlap there, and they add up.",
            ("last", d * k): "The last pixel's stamp ends there. Which number of the kernel is in its last corner?",
            ("top right", b * n): "The kernel is neither turned nor transposed.",
        },
    )


def rows(matrix: list[list[int]]) -> str:
    return "; ".join(" ".join(map(str, row)) for row in matrix)
