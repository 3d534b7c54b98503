"""A table of a sweep, and the number that it speaks for."""

from random import Random

from grader.spec import Question


def pick(rng: Random) -> Question:
    """Training, validation and test costs for five numbers, each lowest at another one."""
    lams = (0.0, 0.00001, 0.0001, 0.001, 0.01)
    best = rng.choice((1, 2))
    other = 3 - best
    val = [0.52, 0.49, 0.49, 0.55, 0.75]
    test = [0.5, 0.48, 0.48, 0.56, 0.74]
    val[best], test[other] = round(val[best] - rng.choice((0.02, 0.03)), 2), round(test[other] - 0.04, 2)
    train = [0.16, 0.2, 0.29, 0.49, 0.71]
    rows = "; ".join(f"λ = {lam:g}: {a:.2f}, {b:.2f}, {c:.2f}" for lam, a, b, c in zip(lams, train, val, test, strict=True))
    chosen, told = "lambda", "cost to report"
    return Question(
        values={"rows": rows},
        answer={chosen: lams[best], told: test[best]},
        tolerance=1e-9,
        slips={
            (chosen, 0.0): "The training cost is always lowest without a penalty. By which set are choices made?",
            (chosen, lams[other]): "That one is best on the test set. Then which data are left for an honest estimate?",
            (told, val[best]): "The choice was made by this number, so it is on the optimistic side.",
            (told, test[other]): "Report the test cost of what you have chosen.",
            (told, train[best]): "The training cost says nothing about other data.",
        },
    )
