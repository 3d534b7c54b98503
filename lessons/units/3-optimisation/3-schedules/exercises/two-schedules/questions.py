"""The rates of a warm-up that is followed by decay, in two versions."""

from random import Random

from grader.spec import Question


def saw_tooth(rng: Random) -> Question:
    """Rates at the end of the warm-up and after it."""
    lr, n = rng.choice((0.5, 1.0, 2.0)), rng.choice((4, 5, 6))
    up, down = rng.choice((1.1, 1.2, 1.4)), rng.choice((0.7, 0.8, 0.9))
    top, last = lr * up**n, lr * up ** (n - 1)
    at = [f"epoch {epoch} in the sequence" for epoch in (n - 1, n, n + 2)]
    one = [f"epoch {epoch} with one function" for epoch in (n, n + 2)]
    return Question(
        values={"lr": lr, "up": up, "down": down, "n": n},
        answer={
            at[0]: round(last, 6),
            at[1]: lr,
            at[2]: round(lr * down**2, 6),
            one[0]: round(top, 6),
            one[1]: round(top * down**2, 6),
        },
        tolerance=1e-3,
        slips={
            (at[0], top): "The epochs are numbered from 0. How many times has the rate been multiplied by then?",
            (at[0], lr): "The milestone has not come yet: this is still the warm-up.",
            (at[1], top): "The second scheduler does not go on from there: it begins with the initial rate.",
            (at[1], lr * down**n): "The second scheduler counts its own epochs, from 0.",
            (at[1], last * down): "The factor applies to the initial rate, and not to the rate before.",
            (at[2], top * down**2): "The second scheduler does not go on from there: it begins with the initial rate.",
            (at[2], lr * down ** (n + 2)): "The second scheduler counts its own epochs, from 0.",
            (at[2], last * down**3): "The factor applies to the initial rate, and not to the rate before.",
            (one[0], last): "In epoch n both exponents are known: n and 0.",
            (one[0], lr): "This function knows no restart: its first factor stays at the power n.",
            (one[1], lr * down**2): "The first factor stays: it is up to the power n from epoch n on.",
            (one[1], last * down**3): "The first factor is up to the power n, and the second down to the power 2.",
        },
    )
