"""Convolution's kernels, interpreted on the CPU, against PyTorch in float64."""

from __future__ import annotations

from typing import Any

import pytest
import torch
import torch.nn.functional as F
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from torch.library import opcheck

import kernels
from kernels import Norm, conv1d, conv2d, conv_transpose1d, conv_transpose2d, explicit_conv2d
from kernels.ops.conv_autograd import forward, transposed, weight_gradient
from kernels.ops.im2col import col2im_operation, im2col_operation
from tests.kernels.measure import DTYPES, assert_close, poisoned

CASES: tuple[tuple[tuple[int, ...], int, Any, dict[str, Any]], ...] = (
    # input, output channels, filter, how it slides
    ((2, 3, 9, 8), 4, 3, {"padding": 1}),
    ((2, 3, 9, 8), 4, 3, {"padding": 1, "stride": 2}),
    ((1, 4, 11, 13), 6, (3, 2), {"padding": (1, 0), "stride": (2, 3), "dilation": (2, 1), "groups": 2}),
    ((2, 8, 7, 7), 8, 1, {}),
    ((1, 6, 8, 8), 6, 3, {"padding": 1, "groups": 6}),
    ((2, 3, 9, 7), 6, (3, 2), {"padding": (2, 1), "groups": 3, "stride": (2, 1), "dilation": (1, 2)}),
    ((1, 4, 12, 12), 5, 3, {"padding": 2, "stride": 2, "dilation": 2}),
    ((2, 3, 16, 16), 8, 7, {"padding": 3, "stride": 2}),
    ((1, 2, 7, 7), 3, 2, {"stride": 3}),
    ((1, 4, 10, 10), 4, 3, {"padding": 1, "stride": 4, "groups": 2}),
    ((2, 4, 9, 9), 3, 1, {"stride": 2}),
    ((2, 3, 6, 7), 4, (2, 4), {"padding": "same"}),
    ((3, 8, 8), 4, 3, {"padding": "valid", "dilation": 2}),
)


def pair(value: Any) -> tuple[int, int]:
    return (value, value) if isinstance(value, int) else value


def sample(
    shape: tuple[int, ...], channels: int, size: Any, how: dict[str, Any], dtype: torch.dtype, last: bool = False
) -> list[torch.Tensor]:
    x = torch.randn(shape, dtype=torch.float64).to(dtype)
    w = torch.randn(channels, shape[-3] // how.get("groups", 1), *pair(size), dtype=torch.float64).to(dtype)
    bias = torch.randn(channels, dtype=torch.float64).to(dtype)
    if last:
        w = w.contiguous(memory_format=torch.channels_last)
        x = x.contiguous(memory_format=torch.channels_last) if x.dim() == 4 else x
    return [x, w, bias]


def backprop(tensors: list[torch.Tensor], run: Any, dtype: torch.dtype | None = None, **how: Any) -> list[torch.Tensor]:
    """The output of a call, and its gradients for a cotangent that depends on the output's shape alone."""
    own = [(one if dtype is None else one.to(dtype)).detach().requires_grad_() for one in tensors]
    y = run(*own, **how)
    dy = torch.sin(torch.arange(y.numel(), dtype=torch.float64)).reshape(y.shape).to(tensors[0].dtype).to(y.dtype)
    return [y.detach(), *torch.autograd.grad(y, own, dy)]


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("last", [False, True], ids=["contiguous", "channels last"])
@pytest.mark.parametrize("full", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["sample", "full"])
def test_output_and_gradients(dtype: torch.dtype, last: bool, full: bool) -> None:
    for shape, channels, size, how in CASES if full else CASES[(DTYPES.index(dtype) + last) % 4 :: 4]:
        tensors = sample(shape, channels, size, how, dtype, last)
        got = backprop(tensors, conv2d, backend="interpret", **how)
        expected, theirs = (backprop(tensors, F.conv2d, kind, **how) for kind in (torch.float64, None))
        assert_close(got, expected, dtype, (shape, how), theirs)
        if len(shape) == 4 and shape[1] > 1:
            assert got[0].stride() == theirs[0].stride()


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("last", [False, True], ids=["contiguous", "channels last"])
@pytest.mark.parametrize("full", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["sample", "full"])
def test_transposed_output_and_gradients(dtype: torch.dtype, last: bool, full: bool) -> None:
    cases: tuple[tuple[tuple[int, ...], int, Any, dict[str, Any]], ...] = (
        ((2, 4, 5, 6), 3, 3, {"stride": 2, "padding": 1, "output_padding": 1}),
        ((1, 6, 4, 5), 4, (2, 3), {"stride": (3, 2), "padding": (0, 1), "groups": 2}),
        ((1, 4, 5, 5), 2, 3, {"stride": 2, "dilation": 2, "output_padding": 1}),
        ((2, 6, 5, 4), 3, 3, {"stride": 2, "padding": 1, "output_padding": 1, "groups": 3}),
        ((2, 3, 6, 4), 5, 1, {}),
        ((3, 4, 4), 2, 4, {"stride": 4}),
    )
    for shape, channels, size, how in cases if full else cases[(DTYPES.index(dtype) + last) % 2 :: 2]:
        groups = how.get("groups", 1)
        x, w, _ = sample(shape, shape[-3], size, {}, dtype, last)
        w = torch.randn(shape[-3], channels // groups, *pair(size), dtype=torch.float64).to(dtype)
        w = w.contiguous(memory_format=torch.channels_last) if last else w
        tensors = [x, w, torch.randn(channels, dtype=torch.float64).to(dtype)]
        got = backprop(tensors, conv_transpose2d, backend="interpret", **how)
        expected, theirs = (backprop(tensors, F.conv_transpose2d, kind, **how) for kind in (torch.float64, None))
        assert_close(got, expected, dtype, (shape, how), theirs)


def test_one_dimension() -> None:
    x, w, bias = torch.randn(3, 4, 11).double(), torch.randn(6, 2, 3).double(), torch.randn(6).double()
    how: dict[str, Any] = {"stride": 2, "padding": 2, "dilation": 2, "groups": 2}
    got = backprop([x, w, bias], conv1d, backend="interpret", **how)
    assert_close(got, backprop([x, w, bias], F.conv1d, **how), torch.float64)
    back: dict[str, Any] = {"stride": 2, "padding": 1, "output_padding": 1, "groups": 2}
    tensors = [x, torch.randn(4, 3, 3).double(), bias]
    got = backprop(tensors, conv_transpose1d, backend="interpret", **back)
    assert_close(got, backprop(tensors, F.conv_transpose1d, **back), torch.float64)
    assert conv1d(x[0], w, padding="same", groups=2, backend="interpret").shape == (6, 11)


@settings(max_examples=15, deadline=None)
@given(
    picture=st.tuples(st.integers(1, 9), st.integers(1, 9)),
    size=st.tuples(st.integers(1, 4), st.integers(1, 4)),
    stride=st.tuples(st.integers(1, 4), st.integers(1, 4)),
    padding=st.tuples(st.integers(0, 3), st.integers(0, 3)),
    dilation=st.tuples(st.integers(1, 3), st.integers(1, 3)),
    groups=st.integers(1, 3),
)
def test_odd_windows(picture: Any, size: Any, stride: Any, padding: Any, dilation: Any, groups: int) -> None:
    assume(all(p + 2 * q >= d * (k - 1) + 1 for p, q, d, k in zip(picture, padding, dilation, size, strict=True)))
    how = {"stride": stride, "padding": padding, "dilation": dilation, "groups": groups}
    tensors = sample((2, 2 * groups, *picture), 3 * groups, size, how, torch.float64)
    got = backprop(tensors, conv2d, backend="interpret", **how)
    assert_close(got, backprop(tensors, F.conv2d, **how), torch.float64, how)


def test_small_tiles_meet_at_their_edges(monkeypatch: pytest.MonkeyPatch) -> None:
    from kernels.launch import conv as launch

    monkeypatch.setattr(launch, "gemm_tile", lambda *_: launch.GemmTile(16, 16, 16, 4, 2))
    monkeypatch.setattr(launch, "TOGETHER", 2)
    full: tuple[Any, ...] = ((1, 16, 7, 8), 32, 1, {})  # several columns of tiles; none of filters needs a mask
    uneven: tuple[Any, ...] = ((1, 16, 9, 10), 40, 2, {"stride": 2})
    for shape, channels, size, how in (*CASES[:2], full, uneven):
        tensors = sample(shape, channels, size, how, torch.float32)
        got = backprop(tensors, conv2d, backend="interpret", **how)
        assert_close(got, backprop(tensors, F.conv2d, torch.float64, **how), torch.float32, how)


@pytest.mark.parametrize(
    "last", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["contiguous", "channels last"]
)
def test_a_depthwise_convolution_has_kernels_of_its_own(last: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    from kernels.launch import conv as launch
    from kernels.launch import depthwise

    monkeypatch.setattr(depthwise, "TILE", 64)
    monkeypatch.setattr(launch, "gemm_tile", None)  # no tiles of a product are asked for
    for shape, channels, size, how in (*CASES[4:6], ((1, 2, 5, 5), 6, 3, {"groups": 2, "stride": 2})):
        tensors = sample(shape, channels, size, how, torch.float64, last)
        got = backprop(tensors, conv2d, backend="interpret", relu=True, **how)
        expected = backprop(tensors, lambda *a, **k: F.relu(F.conv2d(*a, **k)), **how)
        assert_close(got, expected, torch.float64, how)
        mean, gamma = torch.randn(2, channels, dtype=torch.float64).unbind()
        norm = Norm(mean, torch.ones_like(mean), gamma)
        x, w, bias = tensors
        y = conv2d(x, w, bias, norm=norm, backend="interpret", **how)
        assert_close([y], [F.batch_norm(F.conv2d(x, w, bias, **how), mean, norm.var, gamma)], torch.float64)


@pytest.mark.parametrize("last", [False, True], ids=["contiguous", "channels last"])
def test_nothing_beside_the_inputs_is_read_and_all_of_the_output_is_written(last: bool, nan_filled: None) -> None:
    # full blocks of channels, but not of the places under them, going forward and back
    uneven: tuple[Any, ...] = (((1, 3, 4, 4), 16, 2, {}), ((1, 16, 4, 4), 3, 2, {}))
    for shape, channels, size, how in (*CASES[:6], *uneven):
        tensors = [poisoned(one) for one in sample(shape, channels, size, how, torch.float32, last)]
        before = [one.clone() for one in tensors]
        first, second = (backprop(tensors, conv2d, backend="interpret", **how) for _ in range(2))
        assert_close(first, backprop(tensors, F.conv2d, torch.float64, **how), torch.float32, how)
        assert all(torch.equal(one, other) for one, other in zip(first, second, strict=True))
        assert all(torch.equal(one, other) for one, other in zip(tensors, before, strict=True))


def test_a_relu_is_fused_and_keeps_nan() -> None:
    tensors = sample((2, 3, 6, 6), 4, 3, {}, torch.float64)
    for ours, theirs in ((conv2d, F.conv2d), (conv_transpose2d, F.conv_transpose2d)):
        own = tensors if ours is conv2d else [tensors[0], tensors[1].transpose(0, 1), tensors[2]]
        got = backprop(own, ours, backend="interpret", relu=True)
        assert_close(got, backprop(own, lambda *a, f=theirs: F.relu(f(*a))), torch.float64)
    tensors[0][0, 0, 0, 0] = float("nan")
    x, w, bias = tensors
    assert torch.isnan(conv2d(x, w, bias, relu=True, backend="interpret")).any()


def test_batch_norm_in_evaluation_is_fused_for_inference_and_right_where_gradients_are_needed() -> None:
    x, w, bias = sample((2, 3, 6, 6), 4, 3, {}, torch.float64)
    mean, gamma, beta = torch.randn(3, 4, dtype=torch.float64).unbind()
    var = torch.rand(4, dtype=torch.float64) + 0.5
    right = F.relu(F.batch_norm(F.conv2d(x, w, bias), mean, var, gamma, beta))
    norm = Norm(mean, var, gamma, beta)
    assert_close([conv2d(x, w, bias, norm=norm, relu=True, backend="interpret")], [right], torch.float64)
    bare = F.batch_norm(F.conv2d(x, w, bias), mean, var)
    assert_close([conv2d(x, w, bias, norm=Norm(mean, var), backend="interpret")], [bare], torch.float64)
    got = backprop([x, w, bias], lambda *a: conv2d(*a, norm=norm, relu=True, backend="interpret"))
    expected = backprop([x, w, bias], lambda *a: F.relu(F.batch_norm(F.conv2d(*a), mean, var, gamma, beta)))
    assert_close(got, expected, torch.float64)


def test_an_empty_batch_is_an_empty_result_with_zero_gradients() -> None:
    x, w = torch.randn(0, 3, 5, 5, requires_grad=True), torch.randn(4, 3, 3, 3, requires_grad=True)
    y = conv2d(x, w, backend="interpret")
    y.sum().backward()
    assert y.shape == (0, 4, 3, 3) and x.grad is not None and x.grad.shape == x.shape
    assert w.grad is not None and torch.equal(w.grad, torch.zeros_like(w))


def test_strides_of_any_kind() -> None:
    x = torch.randn(2, 9, 8, 6).double().permute(0, 3, 1, 2)[:, ::2, 1:]
    w = torch.randn(3, 3, 4, 3).double().transpose(0, 2).transpose(1, 3)
    got = backprop([x, w], conv2d, backend="interpret", padding=1)
    assert_close(got, backprop([x, w], F.conv2d, padding=1), torch.float64)


def test_gradients_against_differences() -> None:
    x, w, bias = (one.requires_grad_() for one in sample((1, 4, 5, 6), 4, 3, {"groups": 2}, torch.float64))
    how: dict[str, Any] = {"stride": 2, "groups": 2, "backend": "interpret"}
    run = lambda x, w, bias: conv2d(x, w, bias, padding=1, relu=True, **how)  # noqa: E731
    assert torch.autograd.gradcheck(run, (x, w, bias), fast_mode=True)
    back = lambda x, w, bias: conv_transpose2d(x, w, bias, **how)  # noqa: E731
    assert torch.autograd.gradcheck(back, (x, w, bias), fast_mode=True)


def test_columns_and_their_transpose_are_pytorchs() -> None:
    for shape, _, size, how in CASES[:8]:
        window = {name: value for name, value in how.items() if name != "groups"}
        x = torch.randn(shape, dtype=torch.float64)
        got = backprop([x], kernels.im2col, kernel_size=size, backend="interpret", **window)
        assert_close(got, backprop([x], F.unfold, kernel_size=size, **window), torch.float64)
        columns = torch.randn_like(got[0])
        back = backprop(
            [columns], kernels.col2im, output_size=shape[2:], kernel_size=size, backend="interpret", **window
        )
        assert_close(
            back,
            backprop([columns], F.fold, output_size=shape[2:], kernel_size=size, **window),
            torch.float64,
        )


def test_the_explicit_convolution_is_the_same() -> None:
    tensors = sample((2, 3, 9, 8), 4, 3, {}, torch.float64)
    got = backprop(tensors, explicit_conv2d, stride=2, padding=1, backend="interpret")
    assert_close(got, backprop(tensors, F.conv2d, stride=2, padding=1), torch.float64)


def test_pytorch_finds_the_operations_well_formed(checks: tuple[str, ...]) -> None:
    x, w, bias = sample((2, 4, 6, 6), 6, 3, {"groups": 2}, torch.float32, last=True)
    place = ([2, 2], [1, 1], [1, 1], 2)
    opcheck(forward, (x, w, bias, None, None, None, None, *place, 0.0, True, ""), test_utils=checks)
    y = forward(x, w, None, None, None, None, None, *place, 0.0, False, "ieee")
    opcheck(transposed, (y, w, None, None, None, None, None, [6, 6], *place, 0.0, False, ""), test_utils=checks)
    opcheck(weight_gradient, (x, y, w.shape, *place, True, ""), test_utils=checks)
    opcheck(im2col_operation, (x, [3, 3], *place[:3]), test_utils=checks)
    columns = im2col_operation(x, [3, 3], *place[:3])
    opcheck(col2im_operation, (columns, [6, 6], [3, 3], *place[:3]), test_utils=checks)


def test_it_compiles_as_one_graph(compiler: str) -> None:
    def step(x: torch.Tensor, w: torch.Tensor) -> torch.Tensor:
        y = conv2d(x * 2, w, padding=1, relu=True, backend="interpret")
        return conv_transpose2d(y, w, stride=2, backend="interpret").sin()

    x, w = torch.randn(2, 4, 5, 5), torch.randn(4, 4, 3, 3)
    expected, got = (backprop([x, w], run) for run in (step, torch.compile(step, fullgraph=True, backend=compiler)))
    assert_close(got, expected, torch.float32)


def test_autocast_casts_as_pytorch_does() -> None:
    x, w, bias = sample((2, 3, 6, 6), 4, 3, {}, torch.float32)
    with torch.autocast("cpu", torch.bfloat16):
        y = conv2d(x, w, bias, backend="interpret")
    assert y.dtype == torch.bfloat16
    assert_close([y], [F.conv2d(x.double(), w.double(), bias.double())], torch.bfloat16)
    got = backprop([x, w, bias], lambda *a: conv2d(*a, backend="interpret").float())
    assert [one.dtype for one in got[1:]] == [torch.float32] * 3
