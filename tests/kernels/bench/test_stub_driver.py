"""Calls that go all the way to the GPU's door: launches fit their kernels, and what that costs is measured."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch

pytest.importorskip("triton", reason="Triton has no build for this machine")

import kernels
from kernels.bench import overhead
from kernels.bench.stub_driver import stubbed
from kernels.dispatch import choice

R = torch.randn
X, W, DEPTHWISE = R(2, 4, 6, 5), R(8, 4, 3, 3), R(4, 1, 3, 3)
Q, STATES = R(1, 2, 20, 16), R(2, 5, 16)
CALLS: dict[str, tuple[Callable[..., torch.Tensor], tuple[torch.Tensor, ...], list[str]]] = {
    "batch_norm": (
        lambda x: kernels.batch_norm(x, training=True, relu=True, backend="triton"), (X,),
        ["normalise_one_tile", "gradients_one_tile"],
    ),
    "large batch_norm": (
        lambda x: kernels.batch_norm(x, training=True, backend="triton"), (R(70, 4, 9, 9),),
        ["statistics", "merge_statistics", "normalise", "gradient_sums", "merge_gradients", "input_gradient"],
    ),
    "conv2d": (
        lambda x, w: kernels.conv2d(x, w, padding=1, backend="triton"), (X, W),
        ["convolve", "convolve_transposed", "weight_gradient", "sum_splits"],
    ),
    "depthwise": (
        lambda x, w: kernels.conv2d(x, w, groups=4, backend="triton"), (X, DEPTHWISE),
        ["convolve_depthwise", "convolve_depthwise_transposed", "depthwise_weight_gradient", "sum_splits"],
    ),
    "im2col": (lambda x: kernels.im2col(x, 3, backend="triton"), (X,), ["im2col", "col2im"]),
    "attention": (
        lambda q: kernels.attention(q, q, q, is_causal=True, scale=-0.3, backend="triton"), (Q,),
        ["attend", "query_gradient", "key_value_gradient"],
    ),
    "luong": (
        lambda s: kernels.luong_attention(s[:, 0], s, backend="triton")[0], (STATES,),
        ["attend_once", "attend_once_gradient"],
    ),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("what", CALLS)
def test_every_launch_fits_its_kernel(what: str) -> None:
    call, tensors, names = CALLS[what]
    own = [one.clone().requires_grad_() for one in tensors]
    before = choice.unavailable
    with stubbed() as stub:
        y = call(*own)
        torch.autograd.grad(y, own, torch.ones_like(y))
    assert stub.launches == names and choice.unavailable is before


@pytest.mark.slow
def test_what_a_call_costs_the_processor_is_a_table(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(overhead, "microseconds", lambda call: (call(), 2.0)[1])
    assert overhead.main() == 0
    head, *rows = capsys.readouterr().out.splitlines()
    assert head.split()[-1] == "ratio" and [row.split()[0] for row in rows] == list(overhead.calls())
    assert all(row.split()[1:] == ["2.0", "2.0", "1.0"] for row in rows)


def test_time_is_that_of_one_call() -> None:
    assert 0 <= overhead.microseconds(lambda: None, rounds=2, each=3) < 1e6
