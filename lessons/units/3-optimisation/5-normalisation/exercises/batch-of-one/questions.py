"""What batch normalisation makes of one sample, and of two."""

from random import Random

from grader.spec import Question


def output(rng: Random) -> Question:
    """One sample gives beta; two give beta plus and minus gamma."""
    gamma, beta = rng.randrange(2, 6), rng.randrange(7, 12)
    x, low = rng.randrange(20, 40) + 0.5, rng.randrange(-9, -2)
    high = rng.randrange(2, 9)
    return Question(
        values={"gamma": gamma, "beta": beta, "x": x, "low": low, "high": high},
        answer={"alone": beta, "larger of two": beta + gamma, "smaller of two": beta - gamma},
        slips={
            ("alone", gamma * x + beta): "The sample is normalised first. What is its mean?",
            ("alone", gamma + beta): "The normalised value is not 1. How far is the sample from its mean?",
            ("alone", 0): "The normalised value is 0. It is multiplied by gamma, and beta is added.",
            ("larger of two", gamma * high + beta): "The samples are normalised first.",
            ("larger of two", 1): "That is the normalised value, before gamma and beta.",
            ("smaller of two", -1): "That is the normalised value, before gamma and beta.",
            ("smaller of two", gamma * low + beta): "The samples are normalised first.",
        },
    )
