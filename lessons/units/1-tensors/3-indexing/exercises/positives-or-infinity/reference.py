"""Positive or infinite: `where` keeps every element at its place."""

import torch

from grader.spec import Rng, alternative, case, cases, edit, mistake


def positives_or_inf(X):
    Y = torch.full_like(X, float("inf"))
    return torch.where(X > 0, X, Y)


SIZES = [
    ((10, 10), torch.float32),
    ((7, 3), torch.float32),
    ((3, 5, 6), torch.float64),
    ((11,), torch.float64),
]


@cases
def normal(rng: Rng):
    for size, dtype in SIZES:
        name = str(dtype).removeprefix("torch.")
        X = rng.normal(*size, dtype=dtype)
        # one entry of each sign at least, however few are drawn
        X.view(-1)[0], X.view(-1)[1] = X.view(-1)[0].abs() + 0.1, -X.view(-1)[1].abs() - 0.1
        yield case(X=X, label=f"{' x '.join(map(str, size))}, {name}", observe=("unchanged_inputs",))


@alternative
def through_a_mask(X):
    result = X.clone()
    result[result < 0] = torch.inf
    return result


@alternative
def masked(X):
    return X.masked_fill(X <= 0, float("inf"))


@alternative
def fills_the_infinities(X):
    Y = torch.full_like(X, torch.inf)
    Y[X > 0] = X[X > 0]
    return Y


@alternative
def with_a_number(X):
    return torch.where(X < 0, float("inf"), X)


@alternative
def element_by_element(X):
    flat = [x if x > 0 else float("inf") for x in X.flatten().tolist()]
    return torch.tensor(flat, dtype=X.dtype).reshape(X.shape)


edit(
    "swapped",
    "Swaps the two tensors.",
    hint="The second argument of `torch.where` is used where the condition is True, the third where it is False.",
    of=with_a_number,
    replace=("X < 0", "X > 0"),
)


@mistake(
    "zero-times-infinity",
    "Multiplies by the mask and adds up.",
    hint="What is 0 times infinity? Not 0, but `nan`, and the sum with it is `nan` too. Choose instead of computing.",
)
def zero_times_infinity(X):
    return X * (X > 0) + float("inf") * (X <= 0)


@mistake(
    "picked-out",
    "Picks out the positive elements.",
    hint="A mask of full size returns a 1-D tensor: the elements have lost their places. You need to keep the shape.",
)
def picked_out(X):
    return X[X > 0]


@mistake(
    "input-overwritten",
    "Writes into X.",
    hint="The values are right, but the input was destroyed. Use `clone` before you write, or `torch.where`.",
)
def input_overwritten(X):
    X[X < 0] = float("inf")
    return X


@mistake(
    "integer-infinity",
    "Builds a tensor of integers for the infinities.",
    hint="Integers cannot hold infinity: your second tensor needs a float dtype, such as that of `X`.",
)
def integer_infinity(X):
    Y = torch.zeros(X.shape, dtype=torch.int64)
    Y[:] = float("inf")
    return torch.where(X > 0, X, Y)


edit(
    "zeros-for-negatives",
    "Puts zeros where infinity belongs.",
    hint="There are zeros where X is negative. The tensor from which those places are taken holds infinity.",
    replace=('torch.full_like(X, float("inf"))', "torch.zeros_like(X)"),
)
edit(
    "negative-infinity",
    "Puts minus infinity where plus infinity belongs.",
    hint="The infinities have the wrong sign.",
    replace=('float("inf")', '-float("inf")'),
)
edit(
    "ten-by-ten-only",
    "Builds infinities of size 10 x 10 only.",
    hint="The size of your infinities is fixed in the code. Take the size of `X`: `torch.full_like`.",
    replace=("full_like(X,", "full((10, 10),"),
)
