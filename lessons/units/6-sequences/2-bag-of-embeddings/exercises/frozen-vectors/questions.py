"""Parameters with a learned table, and without."""

from random import Random

from grader.spec import Question


def counts(rng: Random) -> Question:
    tokens, size = rng.choice((11222, 9500, 20000, 14817)), rng.choice((50, 100))
    learned, fixed = "learned", "fixed"
    head = 2 * size + 2
    return Question(
        values={"tokens": tokens, "size": size},
        answer={learned: tokens * size + head, fixed: head},
        slips={
            (learned, tokens * size): "The head has parameters too.",
            (learned, tokens * size + 2 * size): "The two outputs have biases.",
            (fixed, 2 * size): "The two outputs have biases.",
            (fixed, tokens * size + head): "The table is fixed: it is not trained.",
            (fixed, 0): "The head is trained.",
        },
    )
