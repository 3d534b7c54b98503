"""The size of a transformer block."""

from random import Random

from grader.spec import Question


def parameters(rng: Random) -> Question:
    E, heads = rng.choice(((24, 3), (48, 6), (60, 5), (96, 8)))
    F = E * rng.choice((2, 3, 4))
    attention, network, norms = "attention", "network", "normalisations"
    return Question(
        values={"E": E, "heads": heads, "F": F},
        answer={attention: 4 * E * E + 4 * E, network: 2 * E * F + F + E, norms: 4 * E},
        slips={
            (attention, 3 * E * E + 3 * E): "Queries, keys, values - and the layer after the heads have been joined.",
            (attention, 4 * E * E): "Each of the four layers has a bias.",
            (attention, heads * (4 * E * E + 4 * E)): "The heads share the E numbers out among them. Their number does not change the count.",
            (network, 2 * E * F): "Each of the two layers has a bias.",
            (network, E * F + F): "There are two layers: to F numbers and back.",
            (norms, 2 * E): "There are two of them.",
            (norms, 4): "There is a factor and a summand for each coordinate.",
        },
    )
