"""Single derivatives."""

from random import Random

from grader.spec import Question


def largest(rng: Random) -> Question:
    return Question(
        values={},
        answer=1,
        slips={
            0.25: "A quarter is the largest derivative of the logistic sigmoid. That of tanh is 1.",
            2: "It is at most 2, but a smaller number does.",
            0: "Then the weight would have no influence. Take $h_t$ close to 0 and $h_{t-1}$ close to 1.",
            0.5: "Take $h_t$ close to 0 and $h_{t-1}$ close to 1.",
        },
    )


def first(rng: Random) -> Question:
    state, w = rng.randrange(20, 90) / 100, rng.randrange(11, 19) / 10
    return Question(
        values={"state": state, "w": w},
        answer=0,
        tolerance=1e-9,
        slips={
            round(1 - state**2, 4): "Multiply by the state before: $h_0$.",
            round((1 - state**2) * w, 5): "That is the derivative with respect to $h_0$.",
            round((1 - state**2) * state, 6): "The state *before* the first token is $h_0$.",
            1: "That is $\\tanh'(0)$.",
        },
    )
