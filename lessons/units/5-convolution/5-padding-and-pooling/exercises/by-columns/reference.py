"""A convolution as one product with im2col's columns."""

import torch
from torch.nn import functional as F

from grader.spec import Rng, alternative, case, cases, edit, edit_alternative, mistake, plural


def conv_by_columns(x, w, b):
    N, C, H, W = x.shape
    O, _, p, q = w.shape
    windows = F.unfold(x, (p, q))
    y = torch.einsum("ok,nkl->nol", w.reshape(O, C * p * q), windows)
    return (y + b.reshape(1, O, 1)).view(N, O, H - p + 1, W - q + 1)


@cases("columns")
def pictures(rng: Rng):
    for n, inputs, outputs, p, q, height, width in ((5, 3, 6, 3, 3, 7, 9), (3, 1, 2, 5, 3, 11, 6), (1, 6, 7, 2, 5, 5, 10), (5, 2, 3, 1, 1, 3, 7)):
        x, w, b = rng.normal(n, inputs, height, width, dtype=torch.float64), rng.normal(outputs, inputs, p, q, dtype=torch.float64), rng.normal(outputs, dtype=torch.float64)
        yield case(x=x, w=w, b=b, label=f'{plural(n, "picture")}, {plural(inputs, "channel")} to {outputs}, kernel {p} x {q}', rtol=1e-10)


@alternative(part="columns")
def by_slices(x, w, b):
    outputs, _, p, q = w.shape
    height, width = x.shape[2] - p + 1, x.shape[3] - q + 1
    taps = [x[:, :, i : i + height, j : j + width] for i in range(p) for j in range(q)]
    columns = torch.stack(taps, dim=2).flatten(1, 2).flatten(2)
    return (w.flatten(1) @ columns + b[:, None]).reshape(len(x), outputs, height, width)


@alternative(part="columns")
def by_views(x, w, b):
    windows = x.unfold(2, w.shape[2], 1).unfold(3, w.shape[3], 1)
    n, _, height, width = windows.shape[:4]
    columns = windows.permute(0, 2, 3, 1, 4, 5).reshape(n * height * width, -1)
    y = columns @ w.reshape(len(w), -1).T + b
    return y.reshape(n, height, width, len(w)).permute(0, 3, 1, 2)


@alternative(part="columns")
def folded(x, w, b):
    size = x.shape[2] - w.shape[2] + 1, x.shape[3] - w.shape[3] + 1
    y = w.flatten(1).matmul(F.unfold(x, tuple(w.shape[2:])))
    return F.fold(y, size, (1, 1)) + b[None, :, None, None]


edit_alternative("matmul", part="columns", replace=("torch.einsum(\"ok,nkl->nol\", w.reshape(O, C * p * q), windows)", "w.reshape(O, C * p * q) @ windows"))
edit_alternative("bias-later", part="columns", replace=("(y + b.reshape(1, O, 1)).view(N, O, H - p + 1, W - q + 1)", "y.view(N, O, H - p + 1, W - q + 1) + b[:, None, None]"))

edit(
    "no-bias",
    "Leaves out the biases.",
    hint="Each output channel has a bias.",
    part="columns",
    replace=("(y + b.reshape(1, O, 1))", "y"),
)
edit(
    "rows-and-columns-swapped",
    "Makes columns and rows of the places, in this order.",
    hint="Places are counted row by row: the width of the output comes last.",
    part="columns",
    replace=("view(N, O, H - p + 1, W - q + 1)", "view(N, O, W - q + 1, H - p + 1)"),
)
edit(
    "turned-round",
    "Turns the kernel round.",
    hint="The kernel is laid on the picture as it is.",
    part="columns",
    replace=("w.reshape(O, C * p * q)", "w.flip(2, 3).reshape(O, C * p * q)"),
)


edit(
    "bias-subtracted",
    "Subtracts the biases.",
    hint="They are added.",
    replace=("(y + b.reshape", "(y - b.reshape"),
)


edit(
    "biases-summed",
    "Adds the sum of all biases to every channel.",
    hint="Each channel has its own bias.",
    replace=("b.reshape(1, O, 1)", "b.sum()"),
)


@mistake(
    "other-order",
    "Orders the entries of a window by rows and columns first, and channels last.",
    hint="In a column of `unfold` the channel comes first, as in the weights.",
    part="columns",
    when=lambda got, ref, inputs: inputs["x"].shape[1] > 1,
)
def other_order(x, w, b):
    outputs, _, p, q = w.shape
    height, width = x.shape[2] - p + 1, x.shape[3] - q + 1
    y = w.permute(0, 2, 3, 1).flatten(1) @ F.unfold(x, (p, q)) + b[:, None]
    return y.reshape(len(x), outputs, height, width)
