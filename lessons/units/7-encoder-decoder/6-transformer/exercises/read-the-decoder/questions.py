"""Shapes in the loop of a decoder with attention."""

from random import Random

from grader.spec import Question


def shapes(rng: Random) -> Question:
    E, H, V, T = rng.choice((16, 24, 50)), rng.choice((32, 64, 100)), rng.randrange(3000, 9000, 10), rng.randrange(7, 15)
    return Question(
        values={"E": E, "H": H, "V": V, "T": T},
        answer={"token": (E,), "alpha": (T,), "context": (H,), "state": (H,), "scores": (V,)},
        slips={
            ("token", (H,)): "The token has been embedded, and not yet gone through a linear layer.",
            ("token", (1, E)): "One index gives one row, without a batch axis.",
            ("alpha", (H,)): "There is a weight for each annotation, not for each of its numbers.",
            ("alpha", (V,)): "There is a weight for each token of this sentence, not of the vocabulary.",
            ("context", (T,)): "The weights have this shape. The context is a mean of annotations.",
            ("context", (T, H)): "The weighted rows are added up.",
            ("state", (E,)): "All three layers lead to the size of the state.",
            ("scores", (H,)): "The output layer leads from the state to a score for each token that could be written.",
            ("scores", (T,)): "The decoder may write any token of the vocabulary, not only those of the source.",
        },
    )
