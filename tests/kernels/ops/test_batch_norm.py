"""Batch norm where there is no GPU: PyTorch's own, with PyTorch's own errors, and the modules that stand in for its."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
import torch
import torch.nn.functional as F
from torch._subclasses.fake_tensor import FakeTensorMode

import kernels
from kernels import batch_norm, nn
from kernels.ops.batch_norm import backward, forward
from tests.kernels.measure import outcome

x = torch.randn(4, 3)
ZEROS, ONES = torch.zeros, torch.ones
CALLS: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
    ((x, None, None), {"training": True}),
    ((x, ZEROS(3), ONES(3)), {}),
    ((x, ZEROS(3), ONES(3), ONES(3), None, True, 0.3, 1e-3), {}),
    ((x.half(), ZEROS(3), ONES(3), ONES(3), ZEROS(3)), {"training": True}),
    ((x[:0], ZEROS(3), ONES(3)), {"training": True}),
    ((torch.randn(4, 0), None, None), {"training": True}),
    ((torch.randn(2, 3, 2, 2, 2), ZEROS(3), ONES(3)), {"training": True}),
    # what PyTorch refuses
    ((x[:1], None, None), {"training": True}),
    ((torch.randn(1, 3, 1, 1), None, None), {"training": True}),
    ((x, ZEROS(4), ONES(4)), {"training": True}),
    ((x, ZEROS(3), ONES(4)), {}),
    ((x, ZEROS(3), None), {}),
    ((x, None, None), {}),
    ((x, None, None, ONES(4), ZEROS(3)), {"training": True}),
    ((x, None, None, ONES(3), ZEROS(4)), {"training": True}),
    ((x, None, None, ONES(3).half(), ZEROS(3).half()), {"training": True}),
    ((x.int(), None, None), {"training": True}),
    ((x[0], None, None), {"training": True}),
    ((x, None, None), {"training": True, "eps": -1.0}),
]


@pytest.mark.parametrize(("arguments", "named"), CALLS)
@pytest.mark.parametrize("backend", ["auto", "torch"])
def test_results_and_errors_are_pytorchs(arguments: tuple[Any, ...], named: dict[str, Any], backend: str) -> None:
    ours = [one.clone() if isinstance(one, torch.Tensor) else one for one in arguments]
    theirs = [one.clone() if isinstance(one, torch.Tensor) else one for one in arguments]
    got, expected = outcome(batch_norm, *ours, **named, backend=backend), outcome(F.batch_norm, *theirs, **named)
    if isinstance(expected, torch.Tensor):
        torch.testing.assert_close(got, expected, rtol=0, atol=0)
        for one, other in zip(ours[1:3], theirs[1:3], strict=True):
            torch.testing.assert_close(one, other, rtol=0, atol=0)
    else:
        assert got == expected


def test_what_pytorch_refuses_it_refuses_itself_whichever_backend_was_asked_for() -> None:
    for arguments, named in CALLS[7:]:
        if arguments[3:4] != () and arguments[3] is not None and arguments[3].dtype == torch.float16:
            continue  # well formed, and refused for its dtypes by either side in its own words
        got = outcome(batch_norm, *arguments, **named, backend="triton")
        assert got == outcome(F.batch_norm, *arguments, **named)


def test_residual_and_relu_follow_the_normalising() -> None:
    residual = torch.randn(4, 3)
    y = F.batch_norm(x, None, None, training=True)
    assert torch.equal(batch_norm(x, training=True, relu=True, residual=residual), F.relu(y + residual))
    assert torch.equal(batch_norm(x, training=True, residual=residual), y + residual)
    with pytest.raises(ValueError, match=r"The residual has the shape \(4, 1\), and x has \(4, 3\)"):
        batch_norm(x, training=True, residual=torch.randn(4, 1))


def test_pytorchs_way_has_second_gradients() -> None:
    leaf = torch.randn(6, 3, dtype=torch.float64, requires_grad=True)
    assert torch.autograd.gradgradcheck(lambda one: batch_norm(one, training=True), (leaf,))


def test_pytorchs_way_compiles_as_one_graph(compiler: str) -> None:
    def call(one: torch.Tensor) -> torch.Tensor:
        return batch_norm(one, training=True, relu=True).sin()

    torch.testing.assert_close(torch.compile(call, fullgraph=True, backend=compiler)(x), call(x))


@pytest.mark.parametrize("last", [False, True], ids=["contiguous", "channels last"])
def test_tracing_sees_the_strides_that_come(last: bool) -> None:
    with FakeTensorMode():
        one = torch.randn(2, 3, 4, 5)
        one = one.contiguous(memory_format=torch.channels_last) if last else one
        strides = one.stride()
        y, mean, rstd = forward(one, torch.ones(3), None, None, None, one, True, 0.1, 1e-5, True)
        assert y.stride() == strides and mean.dtype == rstd.dtype == torch.float32
        dx, dresidual, dweight, dbias = backward(one, one, y, torch.ones(3), None, mean, rstd, True, True, [True] * 3)
        assert dx.stride() == dresidual.stride() == strides and dweight.shape == (3,) and dbias.numel() == 0
        turned = torch.randn(2, 4, 5, 3).permute(0, 3, 2, 1)
        assert forward(turned, None, None, None, None, None, True, 0.1, 1e-5, False)[0].is_contiguous()


@pytest.mark.parametrize(
    "options",
    [{}, {"affine": False}, {"track_running_stats": False}, {"momentum": None}, {"momentum": 0.5, "eps": 1e-2}],
    ids=str,
)
def test_a_module_does_what_pytorchs_does_and_shares_its_state(options: dict[str, Any]) -> None:
    for ours, theirs, shape in (
        (nn.BatchNorm1d(3, **options), torch.nn.BatchNorm1d(3, **options), (6, 3)),
        (nn.BatchNorm1d(3, **options), torch.nn.BatchNorm1d(3, **options), (6, 3, 5)),
        (nn.BatchNorm2d(3, **options), torch.nn.BatchNorm2d(3, **options), (6, 3, 5, 4)),
    ):
        for training, _ in itertools.product((True, False), range(2)):
            ours.train(training)
            theirs.train(training)
            batch = torch.randn(shape)
            torch.testing.assert_close(ours(batch), theirs(batch), rtol=0, atol=0)
        theirs.load_state_dict(ours.state_dict())
        assert outcome(ours, torch.randn(3)) == outcome(theirs, torch.randn(3))


def test_a_module_says_that_it_has_a_relu() -> None:
    module = nn.BatchNorm2d(3, relu=True)
    assert "relu=True" in repr(module) and "relu" not in repr(nn.BatchNorm2d(3))
    batch = torch.randn(2, 3, 4, 4)
    torch.testing.assert_close(module(batch, batch), F.relu(torch.nn.BatchNorm2d(3)(batch) + batch))


def test_statistics_that_are_not_tracked_any_more_are_left_alone() -> None:
    ours, theirs = nn.BatchNorm1d(3), torch.nn.BatchNorm1d(3)
    for module in (ours, theirs):
        module.track_running_stats = False
        module(x)
        module.eval()
    torch.testing.assert_close(ours(x), theirs(x))
    assert ours.running_mean is not None and torch.equal(ours.running_mean, torch.zeros(3))


def test_what_it_would_use_and_why() -> None:
    assert str(kernels.explain("batch_norm", x)) == (
        "torch: the tensors are on the device cpu, and Triton needs an NVIDIA GPU"
    )
    with pytest.raises(ValueError, match="'norm' is no operation"):
        kernels.explain("norm", x)
