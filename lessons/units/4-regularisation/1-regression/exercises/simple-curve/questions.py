"""Parameters of a narrow network and of a polynomial."""

from random import Random

from grader.spec import Question


def count(rng: Random) -> Question:
    """Two hidden layers of different widths, so that no two mistakes give the same number."""
    a, b = rng.choice(((3, 5), (4, 7), (5, 3), (6, 4), (7, 5), (5, 9)))
    degree = rng.choice((5, 6, 7, 8))
    right = 2 * a + (a * b + b) + b + 1
    network, polynomial = "network", "polynomial"
    return Question(
        values={"a": a, "b": b, "degree": degree},
        answer={network: right, polynomial: degree + 1},
        slips={
            (network, a + a * b + b): "Every neuron has a bias too.",
            (network, 2 * a + a * b + b): "List the weight and bias shapes of all three layers, the last one included.",
            (network, right + a + b): "Activations have no parameters.",
            (network, right - 1): "The neuron at the end has a bias like the others.",
            (polynomial, degree): "The constant is a coefficient too.",
        },
    )
