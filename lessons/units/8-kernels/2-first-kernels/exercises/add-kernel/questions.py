"""Programs and lanes."""

from random import Random

from grader.spec import Question


def programs(rng: Random) -> Question:
    block = rng.choice((64, 128, 256))
    full, rest = rng.randrange(5, 30), rng.randrange(5, block // 2 - 3)
    n = full * block + rest
    rows = "programs", "lanes without a number"
    return Question(
        values={"n": n, "block": block},
        answer={rows[0]: full + 1, rows[1]: block - rest},
        slips={
            (rows[0], full): "Rounded down, the last numbers have no program.",
            (rows[1], rest): "That many lanes have a number.",
        },
    )
