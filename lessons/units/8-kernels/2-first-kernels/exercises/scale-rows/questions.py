"""Places in memory."""

from random import Random

from grader.spec import Question


def places(rng: Random) -> Question:
    rows, columns = rng.randrange(20, 40), rng.randrange(41, 60)
    i, j = rng.sample(range(2, 9), 2)
    names = "x", "x.T", "x[::2, ::3]"
    plain, turned, sliced = i * columns + j, j * columns + i, 2 * i * columns + 3 * j
    return Question(
        values={"rows": rows, "columns": columns, "i": i, "j": j},
        answer=dict(zip(names, (plain, turned, sliced), strict=True)),
        slips={
            (names[0], i * rows + j): "A row further is as many places as there are columns.",
            (names[1], plain): "Transposing swaps the strides.",
            (names[1], i * rows + j): "Nothing is moved by transposing: the storage is that of `x`.",
            (names[2], plain): "A step of 2 doubles the first stride, a step of 3 trebles the second.",
            (names[2], 3 * i * columns + 2 * j): "The step of 2 belongs to the rows.",
        },
    )
