"""Machines with fresh numbers."""

from random import Random

from grader.spec import Question


def ridge(rng: Random) -> Question:
    bandwidth = rng.choice((250, 400, 500, 800))
    answer = rng.randrange(36, 90, 4)
    peak = answer * bandwidth // 1000
    answer = peak * 1000 / bandwidth
    slips = {
        peak / bandwidth: "TFLOP/s and GB/s differ by a factor of 1,000.",
        bandwidth / (1000 * peak): "That is bytes per flop. Flops per byte are asked for.",
        bandwidth / peak: "Flops per byte: peak divided by bandwidth, with the same power of ten.",
        peak * bandwidth / 1000: "At the ridge, $\\text{flops} / \\text{peak} = \\text{bytes} / \\text{bandwidth}$.",
    }
    return Question(
        values={"peak": peak, "bandwidth": bandwidth},
        answer=answer,
        tolerance=0.001,
        slips={value: why for value, why in slips.items() if abs(value - answer) > 0.01},
    )


def three_times(rng: Random) -> Question:
    inputs, millions = rng.choice((1, 2, 3)), rng.choice((15, 25, 30, 45))
    per, bandwidth = rng.choice((2, 5, 7, 150, 240)), rng.choice((50, 100, 300))
    peak = rng.choice((1000, 2500, 5000))
    numbers = (inputs + 1) * millions
    moving, computing = 4 * numbers / bandwidth, per * millions / peak
    rows = "moving", "computing", "at least"
    slips = {
        (rows[0], numbers / bandwidth): "A float32 number has four bytes.",
        (rows[0], 4 * inputs * millions / bandwidth): "The result is written, too.",
        (rows[1], per * numbers / peak): "The flops are counted for each number of the result.",
        (rows[2], moving + computing): "Both go on at the same time.",
        (rows[2], min(moving, computing)): "The operation is over when both are done.",
    }
    answer = dict(zip(rows, (moving, computing, max(moving, computing)), strict=True))
    tolerance = 0.0005
    return Question(
        values={"inputs": inputs, "millions": millions, "per": per, "bandwidth": bandwidth, "peak": peak},
        answer=answer,
        tolerance=tolerance,
        slips={key: why for key, why in slips.items() if abs(key[1] - answer[key[0]]) > 0.005},
    )
