"""The size of an embedding layer."""

from random import Random

from grader.spec import Question


def parameters(rng: Random) -> Question:
    types, rare, size = rng.randrange(9000, 15000), rng.randrange(2000, 4000), rng.choice((3, 10, 50, 100))
    return Question(
        values={"types": types, "rare": rare, "size": size},
        answer=(types - rare + 1) * size,
        slips={
            (types - rare) * size: "The special token has a row too.",
            (types + 1) * size: "Rare tokens are dropped.",
            types * size: "Rare tokens are dropped, and the special token has a row.",
            types - rare + 1: "That is the number of rows. Each has several numbers.",
        },
    )
