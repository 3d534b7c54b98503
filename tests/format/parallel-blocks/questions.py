import math

from grader.spec import Question


def slope(rng):
    x = round(rng.uniform(0.5, 2.0), 1)
    right = 2 * x * math.sin(x) + x * x * math.cos(x)
    return Question(
        values={"x": x},
        answer=right,
        tolerance=1e-4,
        slips={
            2 * x * math.cos(x): "You multiplied the two paths: the derivatives that arrive are added.",
            2 * x * math.sin(x): "One of the two paths is missing.",
        },
    )
