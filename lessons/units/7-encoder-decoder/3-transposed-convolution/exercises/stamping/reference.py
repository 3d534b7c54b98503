"""Transposed convolution, number by number of the kernel."""

import torch

from grader.spec import Finding, Rng, alternative, case, cases, check, edit, edit_alternative, mistake, plural


def stamp(X, K):
    (h, w), (p, q) = X.shape, K.shape
    out = X.new_zeros(h + p - 1, w + q - 1)
    for i in range(p):
        for j in range(q):
            out[i : i + h, j : j + w] += K[i, j] * X
    return out


def transposed(X, W, b, stride, padding):
    n, _, h, w = X.shape
    _, c, p, q = W.shape
    tall, wide = (h - 1) * stride + 1, (w - 1) * stride + 1
    out = X.new_zeros(n, c, tall + p - 1, wide + q - 1)
    for i in range(p):
        for j in range(q):
            out[:, :, i : i + tall : stride, j : j + wide : stride] += torch.einsum("nihw,io->nohw", X, W[:, :, i, j])
    inside = out[:, :, padding : out.shape[2] - padding, padding : out.shape[3] - padding]
    return inside + b[:, None, None]


@cases("stamp")
def pictures(rng: Rng):
    for (h, w), (p, q) in (((2, 2), (3, 3)), ((5, 7), (3, 6)), ((6, 3), (1, 5)), ((1, 1), (3, 7)), ((3, 5), (1, 1)), ((1, 6), (5, 3))):
        yield case(X=rng.normal(h, w, dtype=torch.float64), K=rng.normal(p, q, dtype=torch.float64), label=f"{h} x {w} with {p} x {q}", rtol=1e-8)


@check("is the derivative of a convolution", part="stamp")
def derivative(got, ref, inputs):
    G, K = inputs["X"], inputs["K"]
    X = torch.zeros(G.shape[0] + K.shape[0] - 1, G.shape[1] + K.shape[1] - 1, dtype=G.dtype, requires_grad=True)
    torch.nn.functional.conv2d(X[None, None], K[None, None]).backward(G[None, None])
    if isinstance(got, torch.Tensor) and got.shape == X.shape and torch.allclose(got.double(), X.grad, rtol=1e-8, atol=1e-9):
        return None
    return Finding("Autograd finds another derivative of the convolution with this kernel.", name="not-the-derivative")


@cases("layer")
def batches(rng: Rng):
    for n, i, o, (h, w), (p, q), stride, padding in (
        (2, 3, 5, (6, 7), (4, 2), 1, 0), (3, 5, 6, (6, 7), (3, 7), 2, 1), (1, 2, 3, (3, 5), (5, 6), 3, 2), (2, 1, 1, (3, 6), (3, 3), 2, 0), (7, 3, 5, (1, 6), (3, 7), 3, 1),
        (3, 6, 7, (5, 3), (1, 1), 2, 0),
    ):  # fmt: skip
        yield case(
            X=rng.normal(n, i, h, w, dtype=torch.float64), W=rng.normal(i, o, p, q, dtype=torch.float64), b=rng.normal(o, dtype=torch.float64),
            stride=stride, padding=padding, label=f'{i} -> {plural(o, "channel")}, {h} x {w} with {p} x {q}, stride {stride}, padding {padding}', rtol=1e-8,
        )  # fmt: skip


# --- one picture --------------------------------------------------------------------------------------------------


@alternative(part="stamp")
def pixel_by_pixel(X, K):
    (H, W), (p, q) = X.shape, K.shape
    Y = torch.zeros(H + p - 1, W + q - 1, dtype=X.dtype)
    for r in range(H):
        for s in range(W):
            Y[r : r + p, s : s + q] += X[r, s] * K
    return Y


@alternative(part="stamp")
def framed_and_turned(X, K):
    p, q = K.shape
    framed = torch.nn.functional.pad(X, (q - 1, q - 1, p - 1, p - 1))
    return torch.nn.functional.conv2d(framed[None, None], K.flip(0, 1)[None, None])[0, 0]


@alternative(part="stamp")
def folded(X, K):
    (h, w), (p, q) = X.shape, K.shape
    columns = K.reshape(-1, 1) * X.reshape(1, -1)
    return torch.nn.functional.fold(columns[None], (h + p - 1, w + q - 1), (p, q))[0, 0]


@alternative(part="stamp")
def number_by_number(X, K):
    (h, w), (p, q) = X.shape, K.shape
    Y = [[0.0] * (w + q - 1) for _ in range(h + p - 1)]
    for r, row in enumerate(X.tolist()):
        for s, x in enumerate(row):
            for i, line in enumerate(K.tolist()):
                for j, k in enumerate(line):
                    Y[r + i][s + j] += x * k
    return torch.tensor(Y, dtype=torch.float64)


edit_alternative("padded", part="stamp", replace=("out[i : i + h, j : j + w] += K[i, j] * X", "out += torch.nn.functional.pad(K[i, j] * X, (j, q - 1 - j, i, p - 1 - i))"))

edit(
    "written-over",
    "Lets each stamp write over what was there.",
    hint="Stamps that overlap add up: `+=`.",
    part="stamp",
    replace=("out[i : i + h, j : j + w] += K[i, j] * X", "out[i : i + h, j : j + w] = K[i, j] * X"),
)


@mistake("pixels-written-over", "Lets each stamp write over what was there.", hint="Stamps that overlap add up: `+=`.", part="stamp")
def pixels_written_over(X, K):
    (H, W), (p, q) = X.shape, K.shape
    Y = torch.zeros(H + p - 1, W + q - 1, dtype=X.dtype)
    for r in range(H):
        for s in range(W):
            Y[r : r + p, s : s + q] = X[r, s] * K
    return Y


edit(
    "turned",
    "Turns the kernel.",
    hint="Stamps are not turned. Only if you gather what reaches a pixel, with a frame and a convolution, do you see the kernel turned.",
    part="stamp",
    replace=("K[i, j] * X", "K[p - 1 - i, q - 1 - j] * X"),
)
edit(
    "convolution",
    "Slides the kernel over the picture, as a convolution does.",
    hint="The output is larger than the input. A pixel of the input gives something to many pixels of the output.",
    part="stamp",
    replace=[
        ("out = X.new_zeros(h + p - 1, w + q - 1)", "out = X.new_zeros(max(h - p + 1, 0), max(w - q + 1, 0))"),
        ("out[i : i + h, j : j + w] += K[i, j] * X", "out += K[i, j] * X[i : i + out.shape[0], j : j + out.shape[1]]"),
    ],
)
edit(
    "rows-and-columns",
    "Exchanges rows and columns of the kernel.",
    hint="`K.shape` has the rows first. Is the output large enough in both directions?",
    part="stamp",
    replace=("(h, w), (p, q) = X.shape, K.shape", "(h, w), (p, q), K = X.shape, K.T.shape, K.T"),
)
edit(
    "one-too-large",
    "Leaves a row and a column empty.",
    hint="The last stamp begins in row H - 1, so it ends in row H - 1 + p - 1.",
    part="stamp",
    replace=("h + p - 1, w + q - 1", "h + p, w + q"),
)

# --- a layer ------------------------------------------------------------------------------------------------------


@alternative(part="layer")
def stamp_by_stamp(X, W, b, stride, padding):
    n, _, h, w = X.shape
    _, c, p, q = W.shape
    Y = torch.zeros(n, c, (h - 1) * stride + p, (w - 1) * stride + q, dtype=X.dtype)
    for r in range(h):
        for s in range(w):
            top, left = r * stride, s * stride
            Y[:, :, top : top + p, left : left + q] += torch.einsum("ni,iopq->nopq", X[:, :, r, s], W)
    Y = Y[:, :, padding : Y.shape[2] - padding, padding : Y.shape[3] - padding]
    return Y + b[:, None, None]


@alternative(part="layer")
def with_fold(X, W, b, stride, padding):
    (n, i, h, w), (p, q) = X.shape, W.shape[2:]
    columns = W.reshape(i, -1).T @ X.reshape(n, i, h * w)
    size = (h - 1) * stride + p - 2 * padding, (w - 1) * stride + q - 2 * padding
    return torch.nn.functional.fold(columns, size, (p, q), stride=stride, padding=padding) + b.reshape(1, -1, 1, 1)


@alternative(part="layer")
def spread_and_convolved(X, W, b, stride, padding):
    n, i, h, w = X.shape
    p, q = W.shape[2:]
    spread = torch.zeros(n, i, (h - 1) * stride + 1, (w - 1) * stride + 1, dtype=X.dtype)
    spread[:, :, ::stride, ::stride] = X
    framed = torch.nn.functional.pad(spread, (q - 1, q - 1, p - 1, p - 1))
    Y = torch.nn.functional.conv2d(framed, W.flip(2, 3).transpose(0, 1), b)
    return Y[:, :, padding : Y.shape[2] - padding, padding : Y.shape[3] - padding]


edit_alternative("bias-first", part="layer", replace=[("out = X.new_zeros(n, c, tall + p - 1, wide + q - 1)", "out = b[:, None, None].expand(n, c, tall + p - 1, wide + q - 1).clone()"), ("inside + b[:, None, None]", "inside")])
edit_alternative("tensordot", part="layer", replace=('torch.einsum("nihw,io->nohw", X, W[:, :, i, j])', "torch.tensordot(X, W[:, :, i, j], dims=([1], [0])).permute(0, 3, 1, 2)"))

edit(
    "no-bias",
    "Does not add the bias.",
    hint="Every pixel of an output channel gets the bias of that channel.",
    part="layer",
    replace=("inside + b[:, None, None]", "inside"),
)
edit(
    "padding-added",
    "Adds a frame instead of cutting it off.",
    hint="Padding makes the output of a convolution larger. Here it is the other way round: the border is cut off.",
    part="layer",
    replace=("out[:, :, padding : out.shape[2] - padding, padding : out.shape[3] - padding]", "torch.nn.functional.pad(out, (padding,) * 4)"),
)
edit(
    "nothing-left",
    "Gives an empty picture where no padding is cut off.",
    hint="If `padding` is 0, `-padding` is 0 too, and a slice that ends at 0 is empty.",
    part="layer",
    replace=("padding : out.shape[2] - padding, padding : out.shape[3] - padding", "padding:-padding, padding:-padding"),
)
edit(
    "output-channels-first",
    "Takes the kernels as `nn.Conv2d` has them, with the output channels first.",
    hint="`W` has the size of the input channels first, then that of the output channels.",
    part="layer",
    replace=[("_, c, p, q = W.shape", "c, _, p, q = W.shape"), ('"nihw,io->nohw"', '"nihw,oi->nohw"')],
)
edit(
    "cut-on-one-side",
    "Cuts the border off on one side only.",
    hint="`padding` rows go above, and as many below; the same with columns.",
    part="layer",
    replace=("padding : out.shape[2] - padding, padding : out.shape[3] - padding", "padding:, padding:"),
)
edit(
    "turned",
    "Turns the kernels.",
    hint="Stamps are not turned.",
    part="layer",
    replace=("X, W[:, :, i, j]", "X, W[:, :, p - 1 - i, q - 1 - j]"),
)
edit(
    "last-channel-alone",
    "Lets the input channels write over each other.",
    hint="An output channel is the sum of what all input channels stamp on it.",
    part="layer",
    replace=('torch.einsum("nihw,io->nohw", X, W[:, :, i, j])', 'torch.einsum("nhw,o->nohw", X[:, -1], W[-1, :, i, j])'),
)
edit(
    "written-over",
    "Lets each stamp write over what was there.",
    hint="Stamps that overlap add up: `+=`.",
    part="layer",
    replace=("+= torch.einsum", "= torch.einsum"),
)
edit(
    "stride-forgotten",
    "Places the stamps next to each other, whatever the stride is.",
    hint="Neighbouring stamps are `stride` pixels apart. So the output grows with the stride.",
    part="layer",
    replace=("tall, wide = (h - 1) * stride + 1, (w - 1) * stride + 1", "stride = 1\n    tall, wide = h, w"),
)
edit(
    "bias-under-the-stamps",
    "Adds the bias once for each number of the kernel.",
    hint="The bias is added once, after all stamps.",
    part="layer",
    replace=("inside + b[:, None, None]", "inside + p * q * b[:, None, None]"),
)

edit(
    "larger-one-kept",
    "Keeps the larger one where stamps overlap.",
    hint="Stamps that overlap add up.",
    part="stamp",
    replace=("out[i : i + h, j : j + w] += K[i, j] * X", "out[i : i + h, j : j + w] = torch.maximum(out[i : i + h, j : j + w], K[i, j] * X)"),
)
edit(
    "first-bias",
    "Adds the first channel's bias to all channels.",
    hint="Each output channel has its own: `b[:, None, None]`.",
    part="layer",
    replace=("b[:, None, None]", "b[0]"),
)

edit(
    "bias-subtracted",
    "Subtracts the bias.",
    hint="It is added to every pixel.",
    part="layer",
    replace=("inside + b", "inside - b"),
)
