"""How much a causal mask leaves."""

from random import Random

from grader.spec import Question


def count(rng: Random) -> Question:
    T = rng.randrange(9, 40)
    left, all_ = "not 0", "in all"
    return Question(
        values={"T": T},
        answer={left: T * (T + 1) // 2, all_: T * T},
        slips={
            (left, T * (T - 1) // 2): "A token sees itself, too.",
            (left, T * T): "Those of later tokens are 0.",
            (left, T): "Each token has a whole row of weights.",
            (all_, T): "Each token has a weight for each token.",
            (all_, T * (T + 1) // 2): "Those that are 0 count here.",
        },
    )
