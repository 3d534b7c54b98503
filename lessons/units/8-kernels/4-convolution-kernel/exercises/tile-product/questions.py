"""Flops and bytes of a step."""

from random import Random

from grader.spec import Question


def intensity(rng: Random) -> Question:
    BM, BN = rng.choice(((64, 32), (128, 64), (64, 128), (32, 128), (128, 32)))
    BK = rng.choice((16, 32))
    flops, moved = 2 * BM * BN * BK, 4 * BK * (BM + BN)
    rows = "flops", "bytes", "flops per byte"
    return Question(
        values={"BM": BM, "BN": BN, "BK": BK},
        answer={rows[0]: flops, rows[1]: moved, rows[2]: flops / moved},
        tolerance=0.01,
        slips={
            (rows[0], BM * BN * BK): "A product and an addition are two flops.",
            (rows[1], BK * (BM + BN)): "A float32 number has four bytes.",
            (rows[1], 4 * (BM * BK + BK * BN + BM * BN)): "The tile of the result stays on the chip.",
            (rows[2], moved / flops): "That is bytes per flop.",
        },
    )
