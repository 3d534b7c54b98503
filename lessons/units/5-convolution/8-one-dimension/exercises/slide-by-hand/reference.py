"""A convolution in one dimension, tap by tap."""

import torch

from grader.spec import Rng, alternative, case, cases, edit, edit_alternative, mistake


def conv1d(x, w, b, stride, padding, dilation):
    x = torch.nn.functional.pad(x, (padding, padding))
    K = w.shape[-1]
    places = (x.shape[-1] - dilation * (K - 1) - 1) // stride + 1
    y = b[None, :, None].repeat(len(x), 1, places)
    for k in range(K):
        first = k * dilation
        tap = x[:, :, first : first + stride * (places - 1) + 1 : stride]
        y += w[:, :, k] @ tap
    return y


SETTINGS = (
    ("plain", (2, 3, 11), 5, 4, (1, 0, 1)),
    ("padding 2", (3, 2, 7), 5, 3, (1, 2, 1)),
    ("stride 3", (2, 3, 17), 5, 4, (3, 0, 1)),
    ("dilation 2", (3, 5, 13), 2, 3, (1, 0, 2)),
    ("all of them", (2, 3, 19), 5, 3, (2, 1, 3)),
    ("all of them, one place left over", (1, 3, 18), 7, 5, (3, 2, 2)),
    ("a kernel of one", (2, 3, 5), 7, 1, (2, 1, 1)),
)


@cases("slide")
def signals(rng: Rng):
    for label, size, outputs, kernel, (stride, padding, dilation) in SETTINGS:
        w, b = (rng.normal(*shape, dtype=torch.float64) for shape in ((outputs, size[1], kernel), (outputs,)))
        x = rng.normal(*size, dtype=torch.float64)
        yield case(x=x, w=w, b=b, stride=stride, padding=padding, dilation=dilation, label=label, rtol=1e-9)


@alternative(part="slide")
def window_by_window(x, w, b, stride, padding, dilation):
    ends = torch.zeros(*x.shape[:2], padding, dtype=x.dtype)
    x = torch.cat([ends, x, ends], dim=2)
    reach = dilation * (w.shape[2] - 1) + 1
    rows = []
    for start in range(0, x.shape[2] - reach + 1, stride):
        window = x[:, None, :, start : start + reach : dilation]
        rows.append((window * w).sum(dim=(2, 3)) + b)
    return torch.stack(rows, dim=-1)


@alternative(part="slide")
def by_indices(x, w, b, stride, padding, dilation):
    x = torch.nn.functional.pad(x, [padding] * 2)
    K = w.shape[2]
    places = (x.shape[2] - dilation * (K - 1) - 1) // stride + 1
    index = torch.arange(places)[:, None] * stride + torch.arange(K) * dilation
    return torch.einsum("ncpk,ock->nop", x[:, :, index], w) + b[:, None]


@alternative(part="slide")
def number_by_number(x, w, b, stride, padding, dilation):
    N, channels, D = x.shape
    outputs, _, K = w.shape
    places = (D + 2 * padding - dilation * (K - 1) - 1) // stride + 1
    y = torch.zeros(N, outputs, places, dtype=torch.float64)
    for o in range(outputs):
        for place in range(places):
            total = b[o].repeat(N)
            for k in range(K):
                at = place * stride + k * dilation - padding
                if 0 <= at < D:
                    total = total + x[:, :, at] @ w[o, :, k]
            y[:, o, place] = total
    return y


edit_alternative("einsum", part="slide", replace=("w[:, :, k] @ tap", "torch.einsum(\"oc,ncp->nop\", w[:, :, k], tap)"))
edit_alternative("tensordot", part="slide", replace=("w[:, :, k] @ tap", "torch.tensordot(w[:, :, k], tap, dims=([1], [1])).movedim(1, 0)"))

edit(
    "turned-round",
    "Turns the kernel round, as a convolution in mathematics does.",
    hint="The first weight belongs to the first number of the window.",
    part="slide",
    replace=("w[:, :, k]", "w[:, :, K - 1 - k]"),
)
edit(
    "one-end",
    "Pads at one end only.",
    hint="Zeros are added at both ends.",
    part="slide",
    replace=("(padding, padding)", "(0, padding)"),
)
edit(
    "no-dilation",
    "Takes taps that lie side by side.",
    hint="Tap k lies k times the dilation behind the first.",
    part="slide",
    replace=("first = k * dilation", "first = k"),
)
edit(
    "no-bias",
    "Leaves out the biases.",
    hint="Each output channel has a bias of its own.",
    part="slide",
    replace=("b[None, :, None].repeat", "torch.zeros_like(b)[None, :, None].repeat"),
)
edit(
    "edge-repeated",
    "Repeats the last value at the ends.",
    hint="The prompt asks for zeros.",
    part="slide",
    replace=("(padding, padding))", "(padding, padding), mode=\"replicate\")"),
)


@mistake(
    "stride-ignored",
    "Moves the window by one place, and takes the first outputs.",
    hint="Output j has its window at j times the stride.",
    part="slide",
)
def stride_ignored(x, w, b, stride, padding, dilation):
    x = torch.nn.functional.pad(x, (padding, padding))
    K = w.shape[-1]
    places = (x.shape[-1] - dilation * (K - 1) - 1) // stride + 1
    y = b[None, :, None].repeat(len(x), 1, places)
    for k in range(K):
        y += w[:, :, k] @ x[:, :, k * dilation : k * dilation + places]
    return y

edit(
    "bias-for-each-tap",
    "Adds the bias once for each tap.",
    hint="The bias is added once to each output.",
    replace=("        y += w[:, :, k] @ tap", "        y += w[:, :, k] @ tap + (b[:, None] if k else 0)"),
)

edit(
    "last-tap-missing",
    "Leaves out the last tap of the kernel.",
    hint="`range(K)` has all of them.",
    replace=("for k in range(K):", "for k in range(K - 1):"),
)
