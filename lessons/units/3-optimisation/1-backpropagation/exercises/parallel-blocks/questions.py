"""A product of a sine and a power, whose factors share their argument."""

from math import cos, sin
from random import Random

from grader.spec import Question


def slope(rng: Random) -> Question:
    """dY/dx of a sin(x) times x^2, at a point where the paths are far apart."""
    a, x = rng.choice((2, 3, 4)), rng.randrange(5, 15) / 10
    first, second = 2 * x * a * sin(x), x**2 * a * cos(x)
    return Question(
        values={"a": a, "x": x},
        answer=first + second,
        tolerance=1e-3,
        slips={
            first: "That is the path through the square only. There is another one.",
            second: "That is the path through the sine only. There is another one.",
            2 * x * a * cos(x): "You have multiplied the derivatives of the two blocks. There are two paths: each has "
            "the derivative of the product with respect to one of its arguments, and they are added.",
            first - second: "The two paths are added.",
            2 * x * a * cos(x) * x**2 * sin(x): "Along a path, derivatives are multiplied; the paths are added.",
            (first + second) / 2: "The paths are added; there is no mean.",
        },
    )
