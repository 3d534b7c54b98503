"""A convolution backwards: the kernel's derivatives are a correlation, the picture's a full one with the turned kernel."""

import torch
from torch.nn.functional import conv2d, pad

from grader.spec import Rng, alternative, case, cases, edit, edit_alternative, gradient, mistake


def conv_backward(X, K, dY):
    p, q = K.shape
    framed = pad(dY, (q - 1, q - 1, p - 1, p - 1))
    turned = K.flip(0, 1)
    return conv2d(X[None, None], dY[None, None])[0, 0], conv2d(framed[None, None], turned[None, None])[0, 0]


def forwards(K, X):
    p, q = K.shape
    return torch.einsum("rsij,ij->rs", X.unfold(0, p, 1).unfold(1, q, 1), K)


@cases("backward")
def pictures(rng: Rng):
    for (h, w), (p, q) in (((2, 3), (1, 2)), ((7, 9), (3, 5)), ((5, 6), (3, 1)), ((6, 5), (6, 3)), ((7, 3), (1, 1)), ((3, 7), (3, 7))):
        X, K = rng.normal(h, w, dtype=torch.float64), rng.normal(p, q, dtype=torch.float64)
        dY = rng.normal(h - p + 1, w - q + 1, dtype=torch.float64)
        yield case(
            X=X, K=K, dY=dY, label=f"{h} x {w} with {p} x {q}", rtol=1e-9, gradient=gradient(forwards, {"K": K, "X": X}, cotangent=dY)
        )


@alternative(part="backward")
def place_by_place(X, K, dY):
    p, q = K.shape
    dK, dX = torch.zeros_like(K), torch.zeros_like(X)
    for r in range(len(dY)):
        for s in range(dY.shape[1]):
            dK += dY[r, s] * X[r : r + p, s : s + q]
            dX[r : r + p, s : s + q] += dY[r, s] * K
    return dK, dX


@alternative(part="backward")
def entry_by_entry(X, K, dY):
    (p, q), (h, w) = K.shape, dY.shape
    dK, dX = torch.empty_like(K), torch.zeros_like(X)
    for i in range(p):
        for j in range(q):
            dK[i, j] = (dY * X[i : i + h, j : j + w]).sum()
            dX[i : i + h, j : j + w] += K[i, j] * dY
    return dK, dX


@alternative(part="backward")
def by_transposed_convolution(X, K, dY):
    dX = torch.nn.functional.conv_transpose2d(dY[None, None], K[None, None])[0, 0]
    return torch.einsum("ijrs,rs->ij", X.unfold(0, len(dY), 1).unfold(1, dY.shape[1], 1), dY), dX


@alternative(part="backward")
def with_a_jacobian(X, K, dY):
    (H, W), (p, q) = X.shape, K.shape
    J = torch.zeros(dY.numel(), H, W, dtype=X.dtype)
    for number in range(len(J)):
        r, s = divmod(number, dY.shape[1])
        J[number, r : r + p, s : s + q] = K
    dX = (J * dY.flatten()[:, None, None]).sum(0)
    windows = X.unfold(0, p, 1).unfold(1, q, 1)
    return (windows * dY[:, :, None, None]).sum((0, 1)), dX


edit_alternative("turned-by-hand", part="backward", replace=("K.flip(0, 1)", "torch.rot90(K, 2)"))

edit(
    "not-turned",
    "Convolves with the kernel as it is.",
    hint="Seen from a pixel, the window in which it is the last one comes first. So the kernel has to be turned by 180 degrees.",
    part="backward",
    replace=("K.flip(0, 1)", "K"),
)
edit(
    "turned-once",
    "Flips one axis of the kernel only.",
    hint="A turn by 180 degrees flips rows and columns.",
    part="backward",
    replace=("K.flip(0, 1)", "K.flip(1)"),
)
edit(
    "transposed-kernel",
    "Transposes the kernel instead of turning it.",
    hint="A turn by 180 degrees flips rows and columns; it does not exchange them.",
    part="backward",
    replace=[("K.flip(0, 1)", "K.T"), ("(q - 1, q - 1, p - 1, p - 1)", "(q - 1, q - 1, p - 1, p - 1) if p == q else (p - 1, p - 1, q - 1, q - 1)")],
)
edit(
    "frame-exchanged",
    "Exchanges rows and columns of the frame.",
    hint="`pad` begins with the last dimension: left, right, top, bottom. The columns of the kernel belong to the columns of the frame.",
    part="backward",
    replace=("(q - 1, q - 1, p - 1, p - 1)", "(p - 1, p - 1, q - 1, q - 1)"),
)
edit(
    "mean",
    "Divides the kernel's derivatives by the number of places.",
    hint="The kernel takes part in every place, and what comes back adds up.",
    part="backward",
    replace=("conv2d(X[None, None], dY[None, None])[0, 0]", "conv2d(X[None, None], dY[None, None])[0, 0] / dY.numel()"),
)
edit(
    "turned-dY",
    "Turns dY for the kernel's derivatives.",
    hint="For the kernel nothing is turned: its first number meets the first pixel of every window.",
    part="backward",
    replace=("dY[None, None])[0, 0], conv2d", "dY.flip(0, 1)[None, None])[0, 0], conv2d"),
)


@mistake(
    "written-over",
    "Lets each window write over what the one before has added.",
    hint="A pixel lies in several windows, and their contributions add up: `+=`.",
    part="backward",
)
def written_over(X, K, dY):
    dX = torch.zeros_like(X)
    for r in range(dY.shape[0]):
        for s in range(dY.shape[1]):
            dX[r : r + K.shape[0], s : s + K.shape[1]] = dY[r, s] * K
    return conv_backward(X, K, dY)[0], dX


@mistake("exchanged", "Returns the two in the wrong order.", hint="The order is the kernel, then the picture.", part="backward")
def exchanged(X, K, dY):
    dK, dX = conv_backward(X, K, dY)
    return dX, dK
