"""Gradients that nobody asks for are not computed, the others are what they are with them, and second ones refused."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from typing import Any

import pytest
import torch

import kernels
from kernels import attention, batch_norm, luong_attention
from kernels.launch import batch_norm as batch_norm_launch
from kernels.launch.launch import Launch

Call = Callable[..., torch.Tensor]


def batch_norm_call(training: bool, relu: bool) -> Call:
    def call(x: torch.Tensor, weight: torch.Tensor, bias: torch.Tensor, residual: torch.Tensor) -> torch.Tensor:
        statistics = (torch.zeros(3), torch.ones(3))
        return batch_norm(
            x, *statistics, weight, bias, training, 0.1, 1e-5, relu=relu, residual=residual, backend="interpret"
        )

    return call


def luong_call(*tensors: torch.Tensor) -> torch.Tensor:
    return torch.cat(luong_attention(*tensors, backend="interpret"), 1)


NORMED = {"x": (6, 3, 5), "weight": (3,), "bias": (3,), "residual": (6, 3, 5)}
CALLS: dict[str, tuple[Call, dict[str, tuple[int, ...]]]] = {
    "attention": (
        lambda q, k, v: attention(q, k, v, is_causal=True, backend="interpret"),
        {"q": (2, 2, 5, 4), "k": (2, 2, 5, 4), "v": (2, 2, 5, 3)},
    ),
    "luong": (luong_call, {"q": (2, 4), "k": (2, 5, 4), "v": (2, 5, 3)}),
    "luong without values": (luong_call, {"q": (2, 4), "k": (2, 5, 4)}),
    "training": (batch_norm_call(True, False), NORMED),
    "training and relu": (batch_norm_call(True, True), NORMED),
    "evaluation": (batch_norm_call(False, False), NORMED),
    "evaluation and relu": (batch_norm_call(False, True), NORMED),
}
NEEDED: dict[str, dict[str, tuple[int, int]]] = {
    "attention": {"q": (1, 1), "k": (2, 2), "v": (1, 1)},
    "luong": dict.fromkeys("qkv", (1, 1)),
    "luong without values": dict.fromkeys("qk", (1, 1)),
    "training": {"x": (1, 3), "weight": (1, 2), "bias": (1, 2), "residual": (0, 0)},
    "training and relu": {"x": (1, 3), "weight": (1, 2), "bias": (1, 2), "residual": (1, 1)},
    "evaluation": {"x": (1, 1), "weight": (1, 2), "bias": (1, 2), "residual": (0, 0)},
    "evaluation and relu": {"x": (1, 2), "weight": (1, 2), "bias": (1, 2), "residual": (1, 1)},
}
"""How many kernels one gradient alone takes, where all fits into one tile and where it does not."""


@pytest.fixture(params=[False, pytest.param(True, marks=pytest.mark.slow)], ids=["one tile", "many tiles"])
def many(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    if request.param:
        monkeypatch.setattr(batch_norm_launch, "TILE", 16)
    return bool(request.param)


@pytest.mark.parametrize("name", CALLS)
def test_only_what_is_asked_for_is_computed(name: str, many: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    call, shapes = CALLS[name]
    values = [torch.randn(shape) for shape in shapes.values()]
    launched: list[Launch] = []
    run = Launch.run

    def counted(launch: Launch) -> None:
        launched.append(launch)
        run(launch)

    monkeypatch.setattr(Launch, "run", counted)

    def gradients(asked: tuple[bool, ...]) -> list[Any]:
        leaves = [value.clone().requires_grad_(one) for value, one in zip(values, asked, strict=True)]
        y = call(*leaves)
        launched.clear()
        y.backward(torch.cos(torch.arange(y.numel()).view(y.shape).float()))
        return [leaf.grad for leaf in leaves]

    whole = gradients((True,) * len(values))
    for asked in itertools.product((True, False), repeat=len(values)):
        if not any(asked):
            continue
        got = gradients(asked)
        assert [one is not None for one in got] == list(asked)
        for one, right in zip(got, whole, strict=True):
            assert one is None or torch.equal(one, right)
        filled = {key for launch in launched for key, one in launch.arguments.items() if one is not None}
        assert not {f"d{key}" for key, one in zip(shapes, asked, strict=True) if not one and key != "residual"} & filled
        if sum(asked) == 1:
            alone = next(key for key, one in zip(shapes, asked, strict=True) if one)
            assert len(launched) == NEEDED[name][alone][many], alone


W = torch.randn(3, 2, 2, 2)
ONCE: dict[str, tuple[Call, tuple[int, ...]]] = {
    "attention": (lambda x: attention(x, x, x), (1, 2, 5, 4)),
    "attention_with_lse": (lambda x: kernels.attention_with_lse(x, x, x)[0], (1, 2, 5, 4)),
    "batch_norm": (lambda x: batch_norm(x, training=True), (6, 3)),
    "col2im": (lambda x: kernels.col2im(x, (4, 4), 3), (1, 18, 4)),
    "conv1d": (lambda x: kernels.conv1d(x, W[0]), (1, 2, 6)),
    "conv2d": (lambda x: kernels.conv2d(x, W), (1, 2, 4, 5)),
    "conv_transpose1d": (lambda x: kernels.conv_transpose1d(x, W[:, 0]), (1, 3, 6)),
    "conv_transpose2d": (lambda x: kernels.conv_transpose2d(x, W), (1, 3, 4, 5)),
    "explicit_conv2d": (lambda x: kernels.explicit_conv2d(x, W), (1, 2, 4, 5)),
    "im2col": (lambda x: kernels.im2col(x, 3), (1, 2, 4, 5)),
    "luong_attention": (lambda x: luong_attention(x[:, 0], x)[0], (2, 5, 4)),
}


@pytest.mark.parametrize("name", ONCE)
def test_a_second_gradient_is_refused_in_a_sentence(name: str) -> None:
    call, shape = ONCE[name]
    x = torch.randn(shape, requires_grad=True)
    with kernels.backend("interpret"):
        y = call(x).sum()
        with pytest.raises(RuntimeError, match=r"cannot be differentiated again\. For second gradients"):
            torch.autograd.grad(y, x, create_graph=True, retain_graph=True)
        assert torch.autograd.grad(y, x)[0].shape == x.shape
