"""Megabytes with and without fusion."""

from random import Random

from grader.spec import Question


def chain(rng: Random) -> Question:
    millions, steps = rng.choice((5, 10, 15, 20)), rng.randrange(3, 7)
    separate, fused = 4 * millions * (2 * steps + 1), 4 * millions * 3
    rows = "separate", "fused"
    return Question(
        values={"millions": millions, "steps": steps},
        answer={rows[0]: separate, rows[1]: fused},
        slips={
            (rows[0], 4 * millions * 2 * steps): "One of the operations reads two tensors.",
            (rows[0], 4 * millions * 3 * steps): "Only one of the operations reads a second tensor.",
            (rows[0], millions * (2 * steps + 1)): "A float32 number has four bytes.",
            (rows[1], 4 * millions * 2): "The second tensor must be read, too.",
            (rows[1], millions * 3): "A float32 number has four bytes.",
            (rows[1], 4 * millions * (steps + 2)): "What is between two operations stays on the chip.",
        },
    )


def attention(rng: Random) -> Question:
    heads, S, d = rng.choice((4, 8, 12)), rng.choice((500, 1000, 2000)), rng.choice((32, 64, 80))
    tensors, matrix = 4 * heads * 4 * S * d / 1e6, 4 * heads * S * S / 1e6
    rows = "with the scores", "without"
    slips = {
        (rows[0], 4 * matrix): "Queries, keys, values and output are moved, too.",
        (rows[0], tensors + matrix): "The scores are moved four times: written, read, written, read.",
        (rows[0], tensors + 2 * matrix): "The scores are moved four times: written, read, written, read.",
        (rows[1], tensors * 3 / 4): "The output is written, too.",
        (rows[1], tensors / 4): "A float32 number has four bytes, and four tensors are moved.",
        (rows[1], tensors / heads): "That is one head.",
    }
    answer = {rows[0]: tensors + 4 * matrix, rows[1]: tensors}
    return Question(
        values={"heads": heads, "S": S, "d": d},
        answer=answer,
        tolerance=0.01,
        slips={key: why for key, why in slips.items() if abs(key[1] - answer[key[0]]) > 0.05},
    )
