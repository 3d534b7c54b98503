"""Convolutions where there is no GPU: PyTorch's own, with its errors; sizes, choices and the modules."""

from __future__ import annotations

from typing import Any

import pytest
import torch
import torch.nn.functional as F
from torch._subclasses.fake_tensor import FakeTensorMode

import kernels
from kernels import Norm, conv1d, conv2d, conv_transpose1d, conv_transpose2d, nn
from kernels.ops.conv import _call, _convolvable, _transposable
from kernels.ops.conv_autograd import forward, transposed, weight_gradient
from kernels.ops.im2col import col2im_operation, im2col_operation
from tests.kernels.measure import outcome

R = torch.randn
CALLS: list[tuple[tuple[Any, ...], dict[str, Any], bool]] = [
    # arguments of conv2d, and whether they mean something
    ((R(2, 3, 6, 5), R(4, 3, 3, 3)), {}, True),
    ((R(3, 6, 5), R(4, 3, 3, 3), R(4)), {"padding": (1, 2), "stride": 2}, True),
    ((R(2, 4, 6, 5), R(4, 2, 3, 3)), {"groups": 2, "padding": "same"}, True),
    ((R(2, 3, 6, 5), R(4, 3, 2, 2)), {"padding": [1], "dilation": [2]}, True),
    ((R(0, 3, 6, 5), R(4, 3, 3, 3)), {}, True),
    ((R(2, 3, 2, 2), R(4, 3, 3, 3)), {}, False),
    ((R(2, 3, 6, 5), R(4, 2, 3, 3)), {}, False),
    ((R(2, 4, 6, 5), R(5, 2, 3, 3)), {"groups": 2}, False),
    ((R(2, 3, 6, 5), R(4, 3, 3, 3)), {"groups": 0}, False),
    ((R(2, 3, 6, 5), R(4, 3, 3, 3), R(3)), {}, False),
    ((R(2, 3, 6, 5), R(4, 3, 3, 3)), {"stride": 0}, False),
    ((R(2, 3, 6, 5), R(4, 3, 3, 3)), {"padding": -1}, False),
    ((R(2, 3, 6, 5), R(4, 3, 3, 3)), {"dilation": 0}, False),
    ((R(2, 3, 6, 5), R(4, 3, 3, 3)), {"stride": (1, 2, 3)}, False),
    ((R(2, 3, 6, 5), R(4, 3, 3)), {}, False),
    ((R(6, 5), R(4, 3, 3, 3)), {}, False),
    ((R(2, 3, 6, 5), R(4, 3, 3, 3)), {"padding": "same", "stride": 2}, False),
    ((R(2, 3, 6, 5), R(4, 3, 3, 3)), {"padding": "full"}, False),
    ((R(2, 3, 6, 5), R(4, 3, 3, 3).double()), {}, False),
    ((R(2, 3, 6, 5), R(4, 3, 3, 3), R(4).half()), {}, False),
    ((R(2, 3, 0, 5), R(4, 3, 1, 1)), {}, False),
]


@pytest.mark.parametrize(("arguments", "named", "means"), CALLS)
def test_results_and_errors_are_pytorchs(arguments: tuple[Any, ...], named: dict[str, Any], means: bool) -> None:
    got, expected = outcome(conv2d, *arguments, **named), outcome(F.conv2d, *arguments, **named)
    if isinstance(expected, torch.Tensor):
        assert means
        torch.testing.assert_close(got, expected, rtol=0, atol=0)
    else:
        assert not means and got == expected
        # and also where our own kernel was asked for, which cannot run here
        assert outcome(conv2d, *arguments, **named, backend="triton") == expected


def test_in_one_dimension_and_transposed_too() -> None:
    x, w = R(2, 3, 9), R(4, 3, 3)
    for ours, theirs, weight, named in (
        (conv1d, F.conv1d, w, {"stride": 2, "padding": 1}),
        (conv1d, F.conv1d, w, {"padding": "same"}),
        (conv1d, F.conv1d, R(4, 2, 3), {}),
        (conv_transpose1d, F.conv_transpose1d, R(3, 4, 3), {"stride": 2, "output_padding": 1}),
        (conv_transpose1d, F.conv_transpose1d, R(3, 4, 3), {"output_padding": 1}),
        (conv_transpose2d, F.conv_transpose2d, R(3, 4, 3, 3), {"stride": 2}),
    ):
        own = R(2, 3, 4, 5) if theirs is F.conv_transpose2d else x
        got, expected = outcome(ours, own, weight, **named), outcome(theirs, own, weight, **named)
        assert torch.equal(got, expected) if isinstance(expected, torch.Tensor) else got == expected


@pytest.mark.parametrize("axes", [1, 2])
def test_what_means_something_is_known_without_pytorch(axes: int) -> None:
    torch.manual_seed(0)

    def sample(low: int, high: int) -> int:
        return int(torch.randint(low, high, ()))

    theirs = (F.conv1d, F.conv2d)[axes - 1]
    back = (F.conv_transpose1d, F.conv_transpose2d)[axes - 1]
    seen = set()
    for _ in range(300):
        groups, channels = sample(1, 3), sample(1, 5)
        x = R(1, channels, *(sample(1, 6) for _ in range(axes)))
        w = R(sample(1, 5), sample(1, 4), *(sample(1, 4) for _ in range(axes)))
        stride, padding, dilation, extra = sample(1, 4), sample(0, 2), sample(1, 3), sample(0, 3)
        call = _call(x, w, stride, padding, dilation, axes)
        assert call is not None
        for known, result in (
            (_convolvable(call, groups), outcome(theirs, x, w, None, stride, padding, dilation, groups)),
            (
                _transposable(call, groups, (extra if axes == 2 else 0, extra)),
                outcome(back, x, w, None, stride, padding, extra, groups, dilation),
            ),
        ):
            # (an empty result is PyTorch's to give)
            right = isinstance(result, torch.Tensor) and result.numel() > 0
            assert known == right, (
                x.shape,
                w.shape,
                stride,
                padding,
                dilation,
                extra,
                groups,
                result,
            )
            seen.add(known)
    assert seen == {True, False}


def test_what_follows_is_done_by_pytorch_too() -> None:
    x, w, var = R(2, 3, 6, 5), R(4, 3, 3, 3), torch.rand(4) + 0.5
    norm = Norm(R(4), var, R(4), R(4))
    expected = F.relu(F.batch_norm(F.conv2d(x, w), norm.mean, var, norm.weight, norm.bias))
    torch.testing.assert_close(conv2d(x, w, norm=norm, relu=True), expected)
    with pytest.raises(ValueError, match="'fp8' is no precision"):
        conv2d(x, w, precision="fp8")


def test_tracing_sees_the_layouts_that_come() -> None:
    with FakeTensorMode():
        x = R(2, 4, 6, 5).to(memory_format=torch.channels_last)
        w, place = R(6, 2, 3, 3), ([2, 2], [1, 1], [1, 1], 2)
        y = forward(x, w, None, None, None, None, None, *place, 0.0, False, "")
        assert y.shape == (2, 6, 3, 3) and y.is_contiguous(memory_format=torch.channels_last)
        dx = transposed(y.contiguous(), w, None, None, None, None, None, [6, 5], *place, 0.0, False, "")
        assert dx.shape == x.shape and dx.is_contiguous()
        assert weight_gradient(x, y, w.shape, *place, False, "").stride() == w.stride()
        columns = im2col_operation(x, [3, 3], *place[:3])
        assert columns.shape == (2, 36, 9) and col2im_operation(columns, [6, 5], [3, 3], *place[:3]).shape == x.shape


@pytest.mark.parametrize(
    "options",
    [{}, {"padding": 1, "stride": 2}, {"padding": "same", "bias": False}, {"groups": 3, "dilation": 2}],
    ids=str,
)
def test_a_module_does_what_pytorchs_does_and_shares_its_state(options: dict[str, Any]) -> None:
    ours, theirs = nn.Conv2d(3, 6, 3, **options), torch.nn.Conv2d(3, 6, 3, **options)
    theirs.load_state_dict(ours.state_dict())
    x = R(2, 3, 7, 8)
    torch.testing.assert_close(ours(x), theirs(x), rtol=0, atol=0)
    assert repr(ours) == repr(theirs)
    assert outcome(ours, R(2, 4, 7, 8)) == outcome(theirs, R(2, 4, 7, 8))
    circular = {**options, "padding": 1, "padding_mode": "circular"}
    ours, theirs = nn.Conv2d(3, 6, 3, **circular, relu=True), torch.nn.Conv2d(3, 6, 3, **circular)
    theirs.load_state_dict(ours.state_dict())
    torch.testing.assert_close(ours(x), F.relu(theirs(x)))
    assert "relu=True" in repr(ours)


def test_a_transposed_module_finds_its_output_size() -> None:
    ours, theirs = (one(3, 4, 3, stride=2, padding=1) for one in (nn.ConvTranspose2d, torch.nn.ConvTranspose2d))
    theirs.load_state_dict(ours.state_dict())
    x = R(2, 3, 4, 5)
    for size in (None, [8, 9], [7, 10]):
        torch.testing.assert_close(ours(x, size), theirs(x, size), rtol=0, atol=0)
    assert outcome(ours, x, [20, 20]) == outcome(theirs, x, [20, 20])
    assert "relu=True" in repr(nn.ConvTranspose2d(3, 4, 3, relu=True))


@pytest.mark.parametrize("relu", [True, False])
def test_convolution_and_norm_as_one_module(relu: bool) -> None:
    conv, norm = torch.nn.Conv2d(3, 4, 3), torch.nn.BatchNorm2d(4)
    for pair in ((conv, norm), (nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4, relu=relu))):
        module = nn.ConvBatchNorm2d(*pair, relu=relu)
        pair[0].load_state_dict(conv.state_dict())
        pair[1].load_state_dict(norm.state_dict())
        x = R(2, 3, 6, 6)
        for training in (True, False):
            module.train(training)
            mean, var = pair[1].running_mean, pair[1].running_var
            assert mean is not None and var is not None
            expected = F.batch_norm(conv(x), mean.clone(), var.clone(), norm.weight, norm.bias, training)
            torch.testing.assert_close(module(x), F.relu(expected) if relu else expected)
    with pytest.raises(ValueError, match=r"The convolution has 4 output channels, the batch norm 3\."):
        nn.ConvBatchNorm2d(conv, torch.nn.BatchNorm2d(3))
    with pytest.raises(ValueError, match="pads with 'circular'"):
        nn.ConvBatchNorm2d(torch.nn.Conv2d(3, 4, 3, padding=1, padding_mode="circular"), norm)


def test_a_plain_convolution_is_left_to_cudnn_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    from kernels.dispatch import choice, crossover

    monkeypatch.setattr(choice, "unavailable", lambda kind, index: None)
    monkeypatch.setattr(crossover, "least", lambda operation, index: (0, operation))
    x, w = R(2, 3, 6, 5), R(4, 3, 3, 3)
    assert kernels.explain("conv2d", x, w) == (
        "torch",
        "cuDNN is faster at a plain convolution; ours runs where something is fused in, or on request",
    )
    assert kernels.explain("conv2d", x, w, backend="triton").backend == "triton"
    assert kernels.explain("conv2d", x, w, relu=True) == ("triton", "conv2d+relu fp32 tf32")
    assert kernels.explain("conv1d", x[0], R(4, 6, 3), norm=Norm(x, x)) == ("triton", "conv1d+norm fp32 tf32")
    assert kernels.explain("conv_transpose2d", x, R(3, 4, 2, 2)).backend == "torch"
    assert kernels.explain("im2col", x, 3) == ("triton", "im2col fp32")
