"""A kernel of 1 x 2 on 2 x 3 pixels, backwards; and the entries of a Jacobian."""

from random import Random

from grader.spec import Question


def rows(matrix: list[list[int]]) -> str:
    return "; ".join(" ".join(map(str, row)) for row in matrix)


def small(rng: Random) -> Question:
    """dK, and the first row of dX."""
    while True:
        k1, k2 = rng.choice((2, 3, 4, 5)), rng.choice((-3, -2, -1))
        x = [[rng.randrange(1, 8) for _ in range(3)] for _ in range(2)]
        g = [[rng.choice((-2, -1, 1, 2, 3)) for _ in range(2)] for _ in range(2)]
        dk1 = sum(g[r][s] * x[r][s] for r in range(2) for s in range(2))
        dk2 = sum(g[r][s] * x[r][s + 1] for r in range(2) for s in range(2))
        middle, crossed = k2 * g[0][0] + k1 * g[0][1], k1 * g[0][0] + k2 * g[0][1]
        if dk1 != dk2 and middle != crossed and 0 not in (middle, crossed) and k2 * g[0][0] not in (crossed, k1 * g[0][1]):
            break
    slips = {
        ("k1", dk2): "Which pixel does k1 meet in each window, the left or the right one?",
        ("k2", dk1): "Which pixel does k2 meet in each window, the left or the right one?",
        ("first pixel", k2 * g[0][0]): "The first pixel lies on the left in its window, so it meets k1.",
        ("middle pixel", crossed): "In the second window, is the middle pixel the left or the right one?",
        ("middle pixel", k2 * g[0][0]): "The middle pixel lies in two windows.",
        ("middle pixel", k1 * g[0][1]): "The middle pixel lies in two windows.",
        ("last pixel", k1 * g[0][1]): "The last pixel lies on the right in its window, so it meets k2.",
    }
    answer = {"k1": dk1, "k2": dk2, "first pixel": k1 * g[0][0], "middle pixel": middle, "last pixel": k2 * g[0][1]}
    return Question(
        values={"k1": k1, "k2": k2, "x": rows(x), "g": rows(g)},
        answer=answer,
        slips={key: text for key, text in slips.items() if answer[key[0]] != key[1]},
    )


def zeros(rng: Random) -> Question:
    """How many entries a Jacobian has, and how many are not 0."""
    while True:
        h, w, p, q = rng.randrange(3, 8), rng.randrange(3, 8), rng.randrange(1, 4), rng.randrange(2, 4)
        outputs = (h - p + 1) * (w - q + 1)
        if h > p and w > q and h != w and outputs not in (h * w, p * q):
            break
    total, filled = outputs * h * w, outputs * p * q
    return Question(
        values={"h": h, "w": w, "p": p, "q": q},
        answer={"entries": total, "not 0": filled},
        slips={
            key: text
            for key, text in {
                ("entries", outputs * p * q): "There is an entry for each output and each pixel.",
                ("entries", (h * w) ** 2): "How many outputs are there?",
                ("not 0", total): "An output depends on the pixels of its window only.",
                ("not 0", h * w * p * q): "Not every pixel is the corner of a window.",
                ("not 0", p * q): "Each output has as many.",
            }.items()
            if {"entries": total, "not 0": filled}[key[0]] != key[1]
        },
    )
