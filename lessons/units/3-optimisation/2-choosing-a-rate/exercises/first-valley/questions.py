"""What becomes of a run from (400, 130), for rates from the ranges in which that is beyond doubt."""

from random import Random

from grader.spec import Question

RATES = {
    "slow": (0.001, 0.002, 0.003, 0.005, 0.008, 0.01),
    "found": (0.3, 0.4, 0.6, 0.7, 0.8, 0.9, 1.1, 1.2, 1.3, 1.4, 1.5),
    "bounces": (1.95, 2.0, 2.05, 2.1, 2.15, 2.2),
}
SAID = {
    "slow": "Is the gradient at the end shorter than 0.01? Has the last step still lowered the function?",
    "found": "Look at the length of the gradient at the end: where it is shorter than 0.01, the run has come to rest.",
    "bounces": "Look at the value of the function after each of the last ten steps, and at the distance between them.",
}


def rates(rng: Random) -> Question:
    """Three rates, one of each kind, in any order."""
    kinds = list(RATES)
    rng.shuffle(kinds)
    drawn = [(name, kind, rng.choice(RATES[kind])) for name, kind in zip("abc", kinds, strict=True)]
    return Question(
        values={name: rate for name, _, rate in drawn},
        answer={name: kind for name, kind, _ in drawn},
        slips={
            (name, wrong): SAID[kind] for name, kind, _ in drawn for wrong in (*RATES, "elsewhere") if wrong != kind
        },
    )
