"""Odd places: a reshape, and one pair of brackets with three slices."""

import torch

from grader.spec import Rng, alternative, case, cases, edit, edit_alternative, mistake


def to3d(X):
    return X.reshape(2, 5, 10)


def odd_slice(X3):
    return X3[1::2, 1::2, 1::2]


@cases("reshape")
def squares(rng: Rng):
    yield case(X=torch.arange(100).reshape(10, 10), label="the numbers 0 to 99")
    yield case(X=rng.normal(10, 10), label="normal entries")


@cases("slice")
def stacks(rng: Rng):
    shared = {"observe": ("shares_storage",)}
    yield case(X3=torch.arange(100).reshape(2, 5, 10), label="the numbers 0 to 99", **shared)
    yield case(X3=torch.arange(100).reshape(10, 5, 2), label="the same, 10 x 5 x 2", **shared)
    for size in [(3, 7, 6), (4, 4, 4), (5, 9, 11)]:
        X3 = rng.permutation(size[0] * size[1] * size[2]).reshape(size)
        yield case(X3=X3, label=f"{size[0]} x {size[1]} x {size[2]}, numbers shuffled", **shared)


edit_alternative("viewed", part="reshape", replace=("reshape", "view"))


@alternative(part="reshape")
def stacked(X):
    return torch.stack([X[:5], X[5:]])


@alternative(part="reshape")
def unflattened(X):
    return X.unflatten(0, (2, 5))


@alternative(part="reshape")
def with_one_size_left_open(X):
    return torch.reshape(X.flatten(), (2, -1, 10))


@alternative(part="reshape")
def filled_row_by_row(X):
    result = torch.empty(2, 5, 10, dtype=X.dtype)
    for row in range(10):
        result[row // 5, row % 5] = X[row]
    return result


@alternative(part="slice")
def one_after_the_other(X3):
    return X3[1::2][:, 1::2][:, :, 1::2]


@alternative(part="slice")
def with_stops(X3):
    first, second, third = X3.shape
    return X3[1:first:2, 1:second:2, 1:third:2]


@alternative(part="slice")
def with_slice_objects(X3):
    odd = slice(1, None, 2)
    return X3[odd, odd, odd]


@alternative(part="slice")
def in_a_loop(X3):
    for dimension in range(3):
        index = [slice(None)] * 3
        index[dimension] = slice(1, None, 2)
        X3 = X3[tuple(index)]
    return X3


@alternative(part="slice")
def by_strides(X3):
    first, second, third = X3.shape
    a, b, c = X3.stride()
    sizes = (first // 2, second // 2, third // 2)
    return X3.as_strided(sizes, (2 * a, 2 * b, 2 * c), X3.storage_offset() + a + b + c)


edit(
    "sizes-reversed",
    "Gives the three sizes in the reverse order.",
    hint="The sizes are 2, 5 and 10, in this order: two matrices, each with five rows of ten.",
    part="reshape",
    replace=("2, 5, 10", "10, 5, 2"),
)
edit(
    "transposed-first",
    "Goes down the columns.",
    hint="The first row of the result holds the first *column* of X. The entries should keep their order.",
    part="reshape",
    replace=("X.reshape", "X.T.reshape"),
)


@mistake(
    "columns-split",
    "Cuts each row of X into two.",
    part="reshape",
    hint="The first matrix should hold the first five rows of X, whole. Yours holds halves of rows.",
)
def columns_split(X):
    return X.reshape(10, 2, 5).transpose(0, 1).reshape(2, 5, 10)


edit(
    "even-places",
    "Takes the even indices.",
    hint="`::2` begins at 0. Where must an odd sequence start?",
    part="slice",
    replace=("1::2, 1::2, 1::2", "::2, ::2, ::2"),
)
edit(
    "chained",
    "Slices the first dimension three times.",
    hint="`[1::2][1::2]` acts on the first dimension again. Put all three slices into one pair of brackets.",
    part="slice",
    of=one_after_the_other,
    replace=[("[:, 1::2]", "[1::2]"), ("[:, :, 1::2]", "[1::2]")],
)
edit(
    "step-forgotten",
    "Leaves out only the first position of each dimension.",
    hint="From position 1 you take every position that follows. A slice has a third number, the step.",
    part="slice",
    replace=("1::2, 1::2, 1::2", "1:, 1:, 1:"),
)
edit(
    "stop-for-step",
    "Gives the step in place of the stop.",
    hint="In `1:2` the 2 is the stop: one position is left. The step comes after a second colon.",
    part="slice",
    replace=("1::2, 1::2, 1::2", "1:2, 1:2, 1:2"),
)
edit(
    "first-dimension-only",
    "Slices the first dimension only.",
    hint="One slice applies to the first dimension only. All three indices must be odd.",
    part="slice",
    replace=("1::2, 1::2, 1::2", "1::2"),
)
edit(
    "odd-values",
    "Takes the odd numbers.",
    hint="The condition is on the positions, not on the numbers in them.",
    part="slice",
    replace=("1::2, 1::2, 1::2", "X3 % 2 == 1"),
)


@mistake(
    "picked-by-mask",
    "Picks the right elements with a mask.",
    part="slice",
    hint="The values are right but the shape is not: a mask of full size gives a 1-D copy. Use slices.",
)
def picked_by_mask(X3):
    i, j, k = (torch.arange(size) % 2 == 1 for size in X3.shape)
    return X3[i[:, None, None] & j[:, None] & k]


edit(
    "copied",
    "Copies the elements.",
    hint="The values are right, but they were copied. A slice is a view; what made yours a copy?",
    part="slice",
    replace=("1::2]", "1::2].clone()"),
)


edit(
    "first-dimension-whole",
    "Leaves the first dimension whole.",
    hint="All three indices must be odd, the first one too: a slice for each dimension.",
    part="slice",
    replace=("1::2, 1::2, 1::2", ":, 1::2, 1::2"),
)
edit(
    "last-place-left-out",
    "Stops before the last place of each dimension.",
    hint="A stop of -1 leaves out the last place, which may be an odd one. Without a stop, a slice goes to the end.",
    part="slice",
    replace=("1::2, 1::2, 1::2", "1:-1:2, 1:-1:2, 1:-1:2"),
)
