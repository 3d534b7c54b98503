"""What has one axis - parameters, statistics, lengths - is read with the strides it has."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
import torch.nn.functional as F

import kernels
from kernels import Norm, attention, batch_norm, conv2d, conv_transpose2d, luong_attention
from tests.kernels.measure import assert_close, outcome

LENGTHS = torch.tensor([4, 9, 6])


def column(vector: torch.Tensor) -> torch.Tensor:
    """The same values, each with other numbers behind it."""
    beside = torch.stack([vector, -vector - 1, vector + 77], 1)
    return beside[:, 0]


def expanded(vector: torch.Tensor) -> torch.Tensor:
    """Its first value as often as it has values, from one place in memory with other numbers behind it."""
    return torch.cat([vector[:1], vector + 77])[:1].expand(len(vector))


KINDS = pytest.mark.parametrize("kind", [column, expanded])
Kind = Callable[[torch.Tensor], torch.Tensor]


@KINDS
@pytest.mark.parametrize("training", [True, False])
def test_parameters_and_statistics_of_a_batch_norm(kind: Kind, training: bool) -> None:
    x, dy = (torch.randn(5, 4, 3, dtype=torch.float64) for _ in range(2))
    weight, bias, mean = (torch.randn(4, dtype=torch.float64) for _ in range(3))
    results = []
    for backend in ("interpret", "torch"):
        learnt = [one.detach().requires_grad_() for one in (x, kind(weight), kind(bias))]
        running, var = (None, None) if training else (kind(mean), kind(mean.square() + 1))
        own, gamma, beta = learnt
        y = batch_norm(own, running, var, gamma, beta, training, relu=True, backend=backend)
        results.append([y, *torch.autograd.grad(y, learnt, dy)])
    assert_close(results[0], results[1], torch.float64)


@pytest.mark.parametrize("pixels", [1, 4000], ids=["one tile", "many tiles"])
def test_running_statistics_are_moved_where_they_lie(pixels: int) -> None:
    x = torch.randn(9, 4, pixels, dtype=torch.float64)
    table = torch.rand(4, 5, dtype=torch.float64)
    tables = [table.clone(), table.clone()]
    for one, backend in zip(tables, ("interpret", "torch"), strict=True):
        batch_norm(x, one[:, 1], one[:, 3], training=True, backend=backend)
    assert_close([tables[0]], [tables[1]], torch.float64)


def test_channels_that_share_a_statistic_cannot_be_moved_one_by_one() -> None:
    x, mean, var = torch.randn(9, 4), torch.zeros(1).expand(4), torch.ones(4)
    with pytest.raises(kernels.BackendError, match="several channels in one place of memory"):
        batch_norm(x, mean, var, training=True, backend="interpret")
    got = batch_norm(x, mean, var, backend="interpret")  # in evaluation they are only read
    assert_close([got], [F.batch_norm(x.double(), mean.double(), var.double())], torch.float32)


@KINDS
@pytest.mark.parametrize("groups", [1, 4], ids=["product", "depthwise"])
def test_bias_and_norm_of_a_convolution(kind: Kind, groups: int) -> None:
    x, w = torch.randn(2, 4, 6, 5, dtype=torch.float64), torch.randn(4, 4 // groups, 3, 2, dtype=torch.float64)
    bias, mean, var, gamma, beta = (kind(torch.rand(4, dtype=torch.float64) + 0.5) for _ in range(5))
    norm = Norm(mean, var, gamma, beta)
    got = conv2d(x, w, bias, groups=groups, norm=norm, relu=True, backend="interpret")
    expected = F.relu(F.batch_norm(F.conv2d(x, w, bias, groups=groups), mean, var, gamma, beta))
    assert_close([got], [expected], torch.float64)
    filters = torch.randn(4, 4 // groups, 3, 2, dtype=torch.float64)
    got = conv_transpose2d(x, filters, bias, groups=groups, backend="interpret")
    assert_close([got], [F.conv_transpose2d(x, filters, bias, groups=groups)], torch.float64)


@KINDS
@pytest.mark.parametrize("name", ["attention", "luong"])
def test_lengths(kind: Kind, name: str) -> None:
    q, k = torch.randn(3, 2, 9, 8, dtype=torch.float64), torch.randn(3, 9, 8, dtype=torch.float64)
    results = []
    for backend in ("interpret", "torch"):
        leaf = (q if name == "attention" else k).detach().requires_grad_()
        if name == "attention":
            y = attention(leaf, leaf, leaf, lengths=kind(LENGTHS), backend=backend)
        else:
            y = torch.cat(luong_attention(q[:, 0, 0], leaf, lengths=kind(LENGTHS), backend=backend), 1)
        results.append([y, *torch.autograd.grad(y.sin().sum(), leaf)])
    assert_close(results[0], results[1], torch.float64)


@pytest.mark.parametrize("place", range(4))
def test_a_norm_of_another_length_is_refused_as_pytorch_refuses_it(place: int) -> None:
    x, w = torch.randn(2, 3, 6, 6), torch.randn(4, 3, 3, 3)
    parts = [torch.ones(3 if one == place else 4) for one in range(4)]
    refused = outcome(F.batch_norm, F.conv2d(x, w), *parts)
    assert refused[0] is RuntimeError
    norm = Norm(parts[0], parts[1], parts[2], parts[3])
    assert outcome(conv2d, x, w, norm=norm, backend="interpret") == refused
