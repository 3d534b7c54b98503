"""The matrix of a convolution, an entry of the kernel at a time."""

import torch

from grader.spec import Rng, alternative, case, cases, edit, edit_alternative, mistake


def conv_matrix(K, H, W):
    p, q = K.shape
    down, across = H - p + 1, W - q + 1
    A = K.new_zeros(down, across, H, W)
    for r in range(down):
        for s in range(across):
            A[r, s, r : r + p, s : s + q] = K
    return A.reshape(down * across, H * W)


@cases("matrix")
def kernels(rng: Rng):
    for p, q, H, W in ((2, 2, 5, 5), (3, 2, 5, 7), (1, 3, 6, 5), (3, 5, 7, 9), (2, 3, 2, 3)):
        yield case(K=rng.normal(p, q, dtype=torch.float64), H=H, W=W, label=f"{p} x {q} on {H} x {W}")


@alternative(part="matrix")
def entry_by_entry(K, H, W):
    (p, q), k = K.shape, K.tolist()
    columns = W - q + 1
    rows = []
    for place in range((H - p + 1) * columns):
        r, s = divmod(place, columns)
        row = [0.0] * (H * W)
        for i in range(p):
            for j in range(q):
                row[(r + i) * W + s + j] = k[i][j]
        rows.append(row)
    return torch.tensor(rows, dtype=torch.float64)


@alternative(part="matrix")
def by_pictures(K, H, W):
    p, q = K.shape
    pad = torch.nn.functional.pad
    return torch.stack(
        [pad(K, (s, W - q - s, r, H - p - r)).flatten() for r in range(H - p + 1) for s in range(W - q + 1)]
    )


@alternative(part="matrix")
def rolled(K, H, W):
    p, q = K.shape
    first = torch.zeros(H, W, dtype=K.dtype)
    first[:p, :q] = K
    return torch.stack([first.flatten().roll(r * W + s) for r in range(H - p + 1) for s in range(W - q + 1)])


edit_alternative("zeros", part="matrix", replace=("K.new_zeros(down, across, H, W)", "torch.zeros(down, across, H, W, dtype=torch.float64)"))
edit_alternative("flattened", part="matrix", replace=("A.reshape(down * across, H * W)", "A.flatten(0, 1).flatten(1)"))

edit(
    "turned-round",
    "Turns the kernel round.",
    hint="The kernel is laid on the picture as it is.",
    part="matrix",
    replace=("] = K", "] = K.flip(0, 1)"),
)
edit(
    "transposed",
    "Has a row for each pixel.",
    hint="A maps pixels to outputs: it has a row for each output.",
    part="matrix",
    replace=("A.reshape(down * across, H * W)", "A.reshape(down * across, H * W).T"),
)


@mistake(
    "wraps-around",
    "Moves on by one at the end of a row, so that a window wraps around.",
    hint="In the last place of a row the window ends at the border. Where does the next one begin?",
    part="matrix",
)
def wraps_around(K, H, W):
    p, q = K.shape
    outputs = (H - p + 1) * (W - q + 1)
    first = torch.zeros(H, W, dtype=K.dtype)
    first[:p, :q] = K
    return torch.stack([first.flatten().roll(place) for place in range(outputs)])


@mistake(
    "row-is-as-wide-as-the-kernel",
    "Puts the rows of the kernel side by side.",
    hint="One row further down in the picture is W places further on.",
    part="matrix",
)
def side_by_side(K, H, W):
    p, q = K.shape
    first = torch.zeros(H * W, dtype=K.dtype)
    first[: p * q] = K.flatten()
    return torch.stack([first.roll(r * W + s) for r in range(H - p + 1) for s in range(W - q + 1)])
