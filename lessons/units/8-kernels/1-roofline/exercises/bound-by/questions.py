"""From which size on a product is limited by arithmetic."""

from random import Random

from grader.spec import Question


def smallest(rng: Random) -> Question:
    bandwidth, ridge = rng.choice((1, 2, 3, 4)), rng.randrange(15, 90)
    return Question(
        values={"peak": ridge * bandwidth, "bandwidth": bandwidth},
        answer=6 * ridge,
        slips={
            ridge: "That is the ridge, in flop/byte. For which $n$ does the product have this intensity?",
            12 * ridge: "Each product is followed by an addition: $2n^3$ flops.",
            4 * ridge: "Three matrices are moved: two are read, one is written.",
            3 * ridge: "Check the flops, $2n^3$, and the bytes, $12n^2$.",
        },
    )
