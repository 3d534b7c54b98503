"""Convolution, by adding up the picture shifted once for each entry of the kernel."""

import torch

from grader.spec import Rng, alternative, case, cases, edit, edit_alternative, mistake


def conv2d(X, K):
    if not isinstance(X, torch.Tensor) or X.dim() != 2 or X.numel() == 0:
        raise ValueError("no picture")
    if not isinstance(K, torch.Tensor) or K.dim() != 2 or K.numel() == 0:
        raise ValueError("no kernel")
    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:
        raise ValueError("too large")
    X, K = X.to(torch.float32), K.to(torch.float32)
    p, q = K.shape
    rows, columns = X.shape[0] - p + 1, X.shape[1] - q + 1
    total = torch.zeros(rows, columns)
    for i in range(p):
        for j in range(q):
            total += K[i, j] * X[i : i + rows, j : j + columns]
    return total


@cases("conv")
def pictures(rng: Rng):
    for (h, w), (p, q) in (((7, 9), (3, 5)), ((5, 6), (1, 3)), ((11, 7), (5, 7)), ((6, 3), (6, 3)), ((3, 7), (1, 1)), ((12, 5), (7, 1))):
        yield case(X=rng.normal(h, w), K=rng.normal(p, q), label=f"{h} x {w} with {p} x {q}")
    yield case(X=rng.integers(0, 256, 7, 6).to(torch.uint8), K=rng.integers(0, 256, 3, 3).to(torch.uint8), label="both uint8")
    yield case(X=rng.integers(0, 256, 6, 7).to(torch.uint8), K=rng.normal(3, 3), label="a picture of uint8, a kernel of floats")
    yield case(X=rng.integers(-9, 10, 5, 7), K=rng.integers(-9, 10, 3, 3), label="both int64")


@cases("conv")
def no_convolutions(rng: Rng):
    x = rng.normal(7, 6)
    wrong = [
        ("too tall", x, rng.normal(9, 1)),
        ("too wide", x, rng.normal(1, 7)),
        ("too large in both", x, rng.normal(9, 7)),
        ("a picture without columns", rng.normal(7), rng.normal(3, 3)),
        ("a kernel of three dimensions", x, rng.normal(1, 3, 3)),
        ("a picture of three dimensions", rng.normal(3, 7, 6), rng.normal(3, 3)),
        ("an empty kernel", x, torch.zeros(0, 3)),
        ("an empty picture", torch.zeros(0, 0), torch.zeros(0, 0)),
        ("a list", x, [[1.0, 2.0], [3.0, 4.0]]),
        ("a number", 5.0, rng.normal(3, 3)),
    ]
    for label, X, K in wrong:
        yield case(X=X, K=K, label=label, raises=ValueError)


# --- right ones ---------------------------------------------------------------------------------------------------


def checked(X, K):
    for one in (X, K):
        if not isinstance(one, torch.Tensor) or one.ndim != 2 or 0 in one.shape:
            raise ValueError("two matrices")
    if any(a < b for a, b in zip(X.shape, K.shape, strict=True)):
        raise ValueError("the kernel does not fit")
    return X.float(), K.float()


@alternative(part="conv")
def windows(X, K):
    X, K = checked(X, K)
    p, q = K.shape
    result = torch.empty(len(X) - p + 1, X.shape[1] - q + 1)
    for r, row in enumerate(result):
        for s in range(len(row)):
            result[r, s] = torch.sum(X[r : r + p, s : s + q] * K)
    return result


@alternative(part="conv")
def unfolded(X, K):
    X, K = checked(X, K)
    return torch.einsum("rsij,ij->rs", X.unfold(0, K.shape[0], 1).unfold(1, K.shape[1], 1), K)


@alternative(part="conv")
def by_lists(X, K):
    X, K = checked(X, K)
    p, q = K.shape
    x, k = X.tolist(), K.tolist()
    return torch.tensor(
        [
            [sum(x[r + i][s + j] * k[i][j] for i in range(p) for j in range(q)) for s in range(X.shape[1] - q + 1)]
            for r in range(X.shape[0] - p + 1)
        ]
    )


@alternative(part="conv")
def row_by_row(X, K):
    X, K = checked(X, K)
    p = K.shape[0]
    return torch.stack([X[r : r + p].unfold(1, K.shape[1], 1).mul(K[:, None]).sum((0, 2)) for r in range(len(X) - p + 1)])


edit_alternative("new-total", part="conv", replace=("total += K[i, j] *", "total = total + K[i, j] *"))


# --- wrong ones ---------------------------------------------------------------------------------------------------


edit(
    "turned",
    "Turns the kernel by 180 degrees.",
    hint="That is the convolution of mathematics. Here the kernel stays as it is.",
    part="conv",
    replace=("K[i, j] * X", "K[p - 1 - i, q - 1 - j] * X"),
)
edit(
    "one-too-few",
    "Loses the last row and the last column.",
    hint="In a row of 3, how many places does a window of width 3 have?",
    part="conv",
    replace=("X.shape[0] - p + 1, X.shape[1] - q + 1", "X.shape[0] - p, X.shape[1] - q"),
)
edit(
    "transposed-kernel",
    "Transposes the kernel.",
    hint="Try a kernel of one row and two columns. Along which direction does it look?",
    part="conv",
    replace=("X, K = X.to(torch.float32), K.to(torch.float32)", "X, K = X.to(torch.float32), K.to(torch.float32).T"),
)
edit(
    "entries-compared",
    "Compares the numbers of entries only.",
    hint="A kernel of 1 x 30 has few entries, and yet it does not fit into 28 x 28. Compare rows and columns.",
    part="conv",
    replace=("K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]", "K.numel() > X.numel()"),
)
edit(
    "not-compared",
    "Does not check whether the kernel fits.",
    hint="A kernel with more rows or more columns than the picture has no place in it: raise a ValueError.",
    part="conv",
    replace=('    if K.shape[0] > X.shape[0] or K.shape[1] > X.shape[1]:\n        raise ValueError("too large")\n', ""),
)
edit(
    "in-uint8",
    "Multiplies in the dtype of the arguments.",
    hint="uint8 has no room for products. Make floats of picture and kernel before you multiply.",
    part="conv",
    replace=("    X, K = X.to(torch.float32), K.to(torch.float32)\n", ""),
)
edit(
    "dimensions-unchecked",
    "Does not look at the number of dimensions.",
    hint="A picture has rows and columns: `X.dim()` is 2, and `K.dim()` too.",
    part="conv",
    replace=[("X.dim() != 2 or X.numel() == 0", "X.numel() == 0"), ("K.dim() != 2 or K.numel() == 0", "K.numel() == 0")],
)
edit(
    "emptiness-unchecked",
    "Takes empty tensors.",
    hint="`numel()` is the number of entries; an empty tensor has none.",
    part="conv",
    replace=[(" or X.numel() == 0", ""), (" or K.numel() == 0", "")],
)
edit(
    "mean",
    "Takes the mean of the products.",
    hint="The products in a window are added up, and that is all.",
    part="conv",
    replace=("return total", "return total / K.numel()"),
)


@mistake("tensors-unchecked", "Takes lists and numbers.", hint="`isinstance(K, torch.Tensor)`, and a ValueError if it is not.", part="conv")
def tensors_unchecked(X, K):
    X = torch.as_tensor(X)
    K = torch.as_tensor(K)
    return conv2d(X, K)
