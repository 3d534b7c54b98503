"""Programs find their place along three axes of a grid, and along one where a GPU does not take so many."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch

from kernels import conv2d, conv_transpose2d, im2col
from kernels.launch import arguments

X, W = torch.randn(2, 4, 6, 5), torch.randn(66, 2, 3, 3)
CALLS: dict[str, Callable[[], torch.Tensor]] = {
    "conv": lambda: conv2d(X, W, groups=2, backend="interpret"),
    "depthwise": lambda: conv2d(X, W[:4, :1], groups=4, backend="interpret"),
    "transposed": lambda: conv_transpose2d(X, W[:4], None, 2, groups=2, backend="interpret"),
    "im2col": lambda: im2col(X, 3, backend="interpret"),
}


@pytest.mark.parametrize("what", CALLS)
def test_a_flat_grid_gives_the_same_bits(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    grids = [(2, 3, 4), (24,)]
    found = []
    for most, expected in zip((arguments.MOST_BESIDE, 0), grids, strict=True):
        monkeypatch.setattr(arguments, "MOST_BESIDE", most)
        assert arguments.grid(2, 3, 4)[0] == expected
        found.append(CALLS[what]())
    assert torch.equal(*found)


def test_gradients_too(monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    for most in (arguments.MOST_BESIDE, 0):
        monkeypatch.setattr(arguments, "MOST_BESIDE", most)
        x, w = X.clone().requires_grad_(), W.clone().requires_grad_()
        y = conv2d(x, w, groups=2, backend="interpret")
        found.append(torch.cat([one.flatten() for one in torch.autograd.grad((y * y).sum(), (x, w))]))
    assert torch.equal(*found)
