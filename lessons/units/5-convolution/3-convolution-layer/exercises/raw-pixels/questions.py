"""What the scale of the pixels does to gradients and rates."""

from random import Random

from grader.spec import Question


def scale(rng: Random) -> Question:
    """Cost and gradient of a quadratic cost grow with the square of the inputs."""
    c, rate = rng.choice((10, 20, 50, 100)), rng.choice((0.1, 0.2, 0.5))
    return Question(
        values={"c": c, "rate": rate},
        answer={"cost": c * c, "gradient": c * c, "rate": rate / c**2},
        tolerance=1e-9,
        slips={
            ("cost", c): "Each difference grows by that factor. What do their squares do?",
            ("gradient", c): "The input comes in twice: in the difference, and as the factor that the chain rule adds.",
            ("gradient", c**3): "The input comes in twice, not three times.",
            ("rate", rate / c): "The gradient has grown by more than that.",
            ("rate", rate * c * c): "A larger gradient wants a smaller rate.",
            ("rate", rate): "With this rate the step would be as many times longer as the gradient is.",
        },
    )


def limit(rng: Random) -> Question:
    """The largest stable rate, before and after scaling."""
    top, c = rng.choice((2.5, 4.0, 5.0)), rng.choice((10, 20, 100))
    return Question(
        values={"top": top, "c": c},
        answer={"before": 2 / top, "after": 2 / (top * c * c)},
        tolerance=1e-9,
        slips={
            ("before", 1 / top): "At that rate the steepest direction is done in one step. It may be twice as large.",
            ("before", top / 2): "The larger the curvature, the smaller the rate.",
            ("after", 2 / (top * c)): "The curvature has grown by the square of the factor.",
            ("after", 2 / top): "The curvature has changed.",
        },
    )
