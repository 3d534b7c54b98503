"""Convolutions that can be done on paper."""

from random import Random

from grader.spec import Question


def four_windows(rng: Random) -> Question:
    """A 2 x 2 kernel on 3 x 3 numbers; slips: turned kernel, transposed windows."""
    while True:
        x = [[rng.randrange(0, 7) for _ in range(3)] for _ in range(3)]
        k = [[rng.randrange(-2, 4) for _ in range(2)] for _ in range(2)]

        def at(r: int, s: int, kernel: list[list[int]]) -> int:
            return sum(x[r + i][s + j] * kernel[i][j] for i in range(2) for j in range(2))

        turned = [row[::-1] for row in k[::-1]]
        places = {"top left": (0, 0), "top right": (0, 1), "bottom left": (1, 0), "bottom right": (1, 1)}
        answer = {name: at(r, s, k) for name, (r, s) in places.items()}
        flipped = {name: at(r, s, turned) for name, (r, s) in places.items()}
        if all(answer[name] != flipped[name] for name in places) and answer["top right"] != answer["bottom left"]:
            break
    slips = {(name, flipped[name]): "That kernel has been turned by 180 degrees. Here it stays as it is." for name in places}
    slips[("top right", answer["bottom left"])] = slips.get(
        ("top right", answer["bottom left"]), "That is the window below, not the one to the right."
    )
    return Question(
        values={"x": "; ".join(" ".join(map(str, row)) for row in x), "k": "; ".join(" ".join(map(str, row)) for row in k)},
        answer=answer,
        slips=slips,
    )


def size(rng: Random) -> Question:
    """Rows and columns of a result."""
    while True:
        h, w, p, q = rng.randrange(20, 90), rng.randrange(20, 90), rng.randrange(2, 9), rng.randrange(2, 9)
        if len({h, w, p, q}) == 4 and h - q != w - p:
            break
    return Question(
        values={"h": h, "w": w, "p": p, "q": q},
        answer=(h - p + 1, w - q + 1),
        slips={
            (h - p, w - q): "In a row of 3, how many places does a window of width 3 have?",
            (h, w): "The window has to fit into the picture.",
            (h - q + 1, w - p + 1): "The kernel's rows belong to the picture's rows.",
            (h + p - 1, w + q - 1): "The window stays within the picture.",
        },
    )


def products(rng: Random) -> Question:
    """How many products a convolution takes, and a fully connected layer of the same output."""
    n, p = rng.choice((16, 20, 28, 32)), rng.choice((3, 5, 7))
    m = n - p + 1
    return Question(
        values={"n": n, "p": p},
        answer={"convolution": m * m * p * p, "fully connected": n * n * m * m},
        slips={
            ("convolution", m * m): "That is the number of windows. Each takes a product for every entry of the kernel.",
            ("convolution", n * n * p * p): "Not every pixel is the corner of a window.",
            ("convolution", (n - p) ** 2 * p * p): "There is one window more in each row and column.",
            ("convolution", p * p): "That is one window.",
            ("fully connected", m * m * p * p): "There each output is connected with every pixel.",
            ("fully connected", n * n): "That is one output.",
        },
    )
