"""What the backward pass moves."""

from random import Random

from grader.spec import Question


def passes(rng: Random) -> Question:
    megabytes = rng.choice((40, 60, 80, 120, 150))
    rows = "fused", "with a kernel for the ReLU"
    return Question(
        values={"megabytes": megabytes},
        answer={rows[0]: 5 * megabytes, rows[1]: 8 * megabytes},
        slips={
            (rows[0], 3 * megabytes): "Both kernels read, and nothing stays on the chip between them.",
            (rows[0], 4 * megabytes): "The first kernel reads two tensors; the second reads two and writes one.",
            (rows[0], 6 * megabytes): "The mask is computed from $x$, which is read anyway.",
            (rows[1], 7 * megabytes): "The kernel of the ReLU reads two tensors and writes one.",
            (rows[1], 5 * megabytes): "The kernel of the ReLU moves something, too.",
        },
    )
