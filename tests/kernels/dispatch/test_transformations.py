"""PyTorch's transformations, for which our kernels have no rule: "auto" is PyTorch's there, and "triton" says so."""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from typing import Any

import pytest
import torch
from torch.autograd import forward_ad
from torch.nn.attention import SDPBackend, sdpa_kernel

import kernels
from kernels.dispatch import choice, crossover

R = torch.randn
W, W1 = R(3, 2, 2, 2), R(3, 2, 2)
Call = Callable[..., torch.Tensor]
CALLS: dict[str, tuple[Call, tuple[int, ...]]] = {
    "attention": (lambda x, **how: kernels.attention(x, x, x, is_causal=True, **how), (1, 2, 5, 4)),
    "attention_with_lse": (lambda x, **how: kernels.attention_with_lse(x, x, x, **how)[0], (1, 2, 5, 4)),
    "batch_norm": (lambda x, **how: kernels.batch_norm(x, training=True, relu=True, **how), (6, 3)),
    "col2im": (lambda x, **how: kernels.col2im(x, (4, 4), 3, **how), (1, 18, 4)),
    "conv1d": (lambda x, **how: kernels.conv1d(x, W1, relu=True, **how), (1, 2, 6)),
    "conv2d": (lambda x, **how: kernels.conv2d(x, W, relu=True, **how), (1, 2, 4, 5)),
    "conv_transpose1d": (lambda x, **how: kernels.conv_transpose1d(x, W1, **how), (1, 3, 6)),
    "conv_transpose2d": (lambda x, **how: kernels.conv_transpose2d(x, W, **how), (1, 3, 4, 5)),
    "explicit_conv2d": (lambda x, **how: kernels.explicit_conv2d(x, W, **how), (1, 2, 4, 5)),
    "im2col": (lambda x, **how: kernels.im2col(x, 3, **how), (1, 2, 4, 5)),
    "luong_attention": (lambda x, **how: kernels.luong_attention(x[:, 0], x, **how)[0], (2, 5, 4)),
}
EACH = pytest.mark.parametrize("name", CALLS)


@pytest.fixture(autouse=True)
def as_on_a_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    """Calls on the CPU go the way that those on a GPU go where ours was measured to be faster at any size."""
    monkeypatch.setattr(choice, "unavailable", lambda kind, index: None)
    monkeypatch.setattr(crossover, "least", lambda kind, index: (0, "it was measured"))
    for name, module in list(sys.modules.items()):
        if name.startswith("kernels.ops.") and hasattr(module, "surely_torch"):
            monkeypatch.setattr(module, "surely_torch", lambda x, requested: requested == "torch")


def test_every_operation_is_here_and_would_be_ours() -> None:
    others = {"BackendError", "Choice", "Norm", "Status", "backend", "explain", "status"}
    assert set(CALLS) == set(kernels.__all__) - others
    assert kernels.explain("luong_attention", R(2, 4), R(2, 5, 4)).backend == "triton"


@EACH
def test_a_call_that_is_mapped(name: str) -> None:
    call, shape = CALLS[name]
    x = R(3, *shape)
    mapped = torch.func.vmap(call)(x)
    torch.testing.assert_close(mapped, torch.stack([call(one, backend="torch") for one in x]))
    with pytest.raises(kernels.BackendError, match=r"torch\.func is at work \(vmap, grad, jvp, \.\.\)"):
        torch.func.vmap(functools.partial(call, backend="triton"))(x)


@EACH
def test_forward_mode(name: str) -> None:
    call, shape = CALLS[name]
    x, step = R(shape, dtype=torch.float64), R(shape, dtype=torch.float64)
    own: Any = {"W": W.double(), "W1": W1.double()}
    with pytest.MonkeyPatch.context() as patched, forward_ad.dual_level(), sdpa_kernel(SDPBackend.MATH):
        for weight, value in own.items():
            patched.setitem(globals(), weight, value)
        dual = forward_ad.make_dual(x, step)
        tangent = forward_ad.unpack_dual(call(dual)).tangent
        with pytest.raises(kernels.BackendError, match="forward-mode differentiation is at work"):
            call(dual, backend="triton")
        assert tangent is not None
        difference = (call(x + 1e-6 * step, backend="torch") - call(x - 1e-6 * step, backend="torch")) / 2e-6
    torch.testing.assert_close(tangent, difference, rtol=1e-5, atol=1e-7)
