"""Places and sizes of columns."""

from random import Random

from grader.spec import Question


def place(rng: Random) -> Question:
    C, K, stride, padding = rng.randrange(3, 7), 3, rng.choice((1, 2)), 1
    OH, OW = rng.sample(range(5, 12), 2)
    H, W = (OH - 1) * stride + 1, (OW - 1) * stride + 1
    n, c = rng.randrange(1, 5), rng.randrange(1, C)
    oh, ow = rng.randrange(1, OH - 1), rng.randrange(1, OW - 1)
    kh, kw = rng.sample(range(K), 2)
    m, k = (n * OH + oh) * OW + ow, (c * K + kh) * K + kw
    ih, iw = oh * stride - padding + kh, ow * stride - padding + kw
    rows = "picture", "channel", "row", "column"
    answer = dict(zip(rows, (n, c, ih, iw), strict=True))
    slips = {
        (rows[2], oh): "That is the row of the output pixel. Where does its window begin, and which of its rows is it?",
        (rows[2], ih + padding): "The first window begins `padding` rows above the picture.",
        (
            rows[3],
            ow,
        ): "That is the column of the output pixel. Where does its window begin, and which of its columns is it?",
        (rows[3], iw + padding): "The first window begins `padding` columns left of the picture.",
        (rows[1], k // K): "Each channel has $K^2$ columns.",
    }
    return Question(
        values={
            "C": C, "H": H, "W": W, "K": K, "stride": stride, "padding": padding, "OH": OH, "OW": OW, "m": m, "k": k,
        },
        answer=answer,
        slips={key: why for key, why in slips.items() if key[1] != answer[key[0]]},
    )  # fmt: skip


def memory(rng: Random) -> Question:
    N, C, H, K = rng.choice((10, 50, 100)), rng.choice((8, 20, 30)), rng.choice((20, 30, 50)), rng.choice((3, 5, 7))
    picture = 4 * N * C * H * H / 1e6
    rows = "pictures", "columns"
    return Question(
        values={"N": N, "C": C, "H": H, "K": K},
        answer={rows[0]: picture, rows[1]: K * K * picture},
        tolerance=0.001,
        slips={
            (rows[0], picture / 4): "A float32 number has four bytes.",
            (rows[1], K * picture): "The filter has $K^2$ places.",
            (rows[1], K * K * picture / C): "A window goes through all channels.",
            (rows[1], K * K * picture / 4): "A float32 number has four bytes.",
        },
    )
