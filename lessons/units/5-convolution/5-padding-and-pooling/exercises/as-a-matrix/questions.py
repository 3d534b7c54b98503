"""The size of the matrix of a convolution."""

from random import Random

from grader.spec import Question


def size(rng: Random) -> Question:
    """Rows, columns and entries that may be different from 0."""
    height, width = rng.randrange(6, 12), rng.randrange(12, 16)
    rows, columns = rng.choice((2, 3)), rng.choice((4, 5))
    outputs, pixels = (height - rows + 1) * (width - columns + 1), height * width
    return Question(
        values={"height": height, "width": width, "rows": rows, "columns": columns},
        answer={"rows": outputs, "columns": pixels, "entries": outputs * rows * columns},
        slips={
            ("rows", pixels): "That is the number of pixels. A has a row for each output.",
            ("rows", (height - rows) * (width - columns)): "One more along each axis: the first window counts too.",
            ("columns", outputs): "A has a column for each pixel.",
            ("columns", rows * columns): "A is multiplied by the whole picture.",
            ("entries", rows * columns): "Each row of A has that many.",
            ("entries", outputs * pixels): "Those are all entries. Most of them are 0.",
        },
    )
