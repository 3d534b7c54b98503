"""How many products of two numbers a linear layer takes, forwards and backwards."""

from random import Random

from grader.spec import Question


def how_many(rng: Random) -> Question:
    """m d N forwards, and as many for each of the two products on the way back."""
    d, m, N = rng.choice((30, 50, 70)), rng.choice((20, 40, 60)), rng.choice((8, 16, 32))
    one = m * d * N
    return Question(
        values={"d": d, "m": m, "N": N},
        answer={"forwards": one, "backwards": 2 * one},
        slips={
            ("forwards", m * d): "That is one sample. How many are there?",
            ("forwards", m * N): "That is the number of outputs. Each is a sum of products.",
            ("forwards", d * N): "That is the number of inputs. Each of them is multiplied by more than one weight.",
            ("backwards", one): "There are two products of matrices on the way back.",
            ("backwards", 3 * one): "The derivative of b takes sums only.",
            ("backwards", 2 * m * d): "That is one sample. How many are there?",
        },
    )
