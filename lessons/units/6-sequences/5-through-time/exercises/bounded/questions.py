"""A constant."""

from random import Random

from grader.spec import Question


def constant(rng: Random) -> Question:
    return Question(
        values={},
        answer=1,
        slips={
            0.25: "A quarter is the largest derivative of the logistic sigmoid. That of tanh is 1.",
            0: "The products need not vanish: with all states but one close to 0 they are close to that one.",
            2: "It never exceeds 2, but it does not exceed a smaller number either.",
            0.5: "With $h_{T-k-1}$ close to 1 and all later states close to 0 the product is close to 1.",
        },
    )
