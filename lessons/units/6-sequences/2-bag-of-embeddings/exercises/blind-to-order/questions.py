"""Pairs that differ in their order alone."""

from random import Random

from grader.spec import Question


def pairs(rng: Random) -> Question:
    count, accuracy = rng.randrange(30, 200), rng.randrange(68, 80)
    before, after = "before training", "after training"
    slips = {
        (when, 2 * count): "Can it be right about both sentences of a pair, when it says the same of both?" for when in (before, after)
    } | {(when, 0): "It says the same of both sentences of a pair. Is it wrong about both?" for when in (before, after)}
    slips[after, round(2 * count * accuracy / 100)] = "That is the accuracy on sentences that differ in their words."
    return Question(
        values={"pairs": count, "epochs": rng.randrange(5, 30), "accuracy": accuracy},
        answer={before: count, after: count},
        slips=slips,
    )
