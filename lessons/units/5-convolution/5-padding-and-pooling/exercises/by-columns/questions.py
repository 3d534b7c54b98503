"""What the columns of im2col hold."""

from random import Random

from grader.spec import Question


def memory(rng: Random) -> Question:
    """The numbers in the columns, and how many times the pictures that is."""
    n, channels = rng.choice((10, 20, 50)), rng.choice((3, 6, 12))
    kernel, side = rng.choice((3, 5)), rng.randrange(14, 31)
    places = (side - kernel + 1) ** 2
    numbers, pixels = n * channels * kernel**2 * places, n * channels * side**2
    return Question(
        values={"n": n, "channels": channels, "side": side, "kernel": kernel},
        answer={"numbers": numbers, "times": numbers / pixels},
        tolerance=0.006,
        slips={
            ("numbers", n * kernel**2 * places): "A window has a number for each channel.",
            ("numbers", channels * kernel**2 * places): "Each picture has columns of its own.",
            ("numbers", n * channels * kernel**2 * side**2): "A window does not fit at every pixel.",
            ("numbers", n * channels * places): "A column has a number for each entry of the kernel.",
            ("times", kernel**2): "That is the limit for large pictures. Near the border a pixel lies in fewer windows.",
        },
    )
