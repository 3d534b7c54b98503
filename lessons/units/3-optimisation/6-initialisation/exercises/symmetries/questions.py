"""Bounds that are multiplied from layer to layer."""

from random import Random

from grader.spec import Question


def through_layers(rng: Random) -> Question:
    """By how much a derivative can grow and must shrink at most."""
    layers = rng.choice((20, 30, 40, 50))
    high, low = rng.choice((1.1, 1.2, 1.3)), rng.choice((0.9, 0.8, 0.7))
    return Question(
        values={"layers": layers, "high": high, "low": low},
        answer={"at most": high**layers, "at least": low**layers},
        tolerance=0.01,
        slips={
            ("at most", high * layers): "The factors are multiplied, layer by layer.",
            ("at most", 1 + (high - 1) * layers): "The growth is compound: the factors are multiplied.",
            ("at least", low * layers): "The factors are multiplied, layer by layer.",
        },
    )
