"""How far the gradient reaches."""

from random import Random

from grader.spec import Question


def reach(rng: Random) -> Question:
    length = rng.choice((20, 25, 30, 35, 40))
    rest = rng.randrange(3, length - 1)
    pieces = rng.randrange(5, 20)
    tokens = pieces * length + rest
    return Question(
        values={"tokens": tokens, "length": length},
        answer=rest,
        slips={
            length: "The last piece is what is left, and it is shorter.",
            tokens: "`detach` cuts the graph between pieces.",
            pieces * length: "Those are the tokens in front of the last piece.",
            pieces + 1: "That is the number of pieces.",
        },
    )
