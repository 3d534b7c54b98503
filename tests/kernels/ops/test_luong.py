"""Luong's attention where there is no GPU: the formula in PyTorch's operations, and the module."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from torch._subclasses.fake_tensor import FakeTensorMode

import kernels
from kernels import luong_attention, nn
from kernels.ops.luong import backward, forward

query, states = torch.randn(3, 4), torch.randn(3, 5, 4)


def test_context_and_weights() -> None:
    values = torch.randn(3, 5, 2)
    context, weights = luong_attention(query, states, values, scale=0.5, lengths=torch.tensor([5, 2, 9]))
    for n, length in enumerate((5, 2, 5)):
        expected = torch.softmax(0.5 * states[n, :length] @ query[n], 0)
        torch.testing.assert_close(weights[n, :length], expected)
        torch.testing.assert_close(context[n], expected @ values[n, :length])
        assert torch.equal(weights[n, length:], torch.zeros(5 - length))


def test_it_does_no_more_than_the_formula() -> None:
    """No copies and no views beside: they would take as long as the products of a small call."""
    with torch.profiler.profile() as profile:
        luong_attention(query, states)
    found = [event.name.removeprefix("aten::") for event in profile.events() if event.name.startswith("aten::")]
    outer = [name for name in found if name not in ("as_strided", "_softmax", "empty", "resolve_conj", "resolve_neg")]
    assert outer == ["unsqueeze", "bmm", "squeeze", "softmax", "unsqueeze", "bmm", "squeeze"]


def test_one_alone_is_a_batch_of_one() -> None:
    for values in (None, states[..., :2]):
        got = luong_attention(query[0], states[0], None if values is None else values[0])
        expected = luong_attention(query[:1], states[:1], None if values is None else values[:1])
        assert all(torch.equal(one, other[0]) for one, other in zip(got, expected, strict=True))


def test_a_sequence_without_states_gives_zeros_and_zero_gradients() -> None:
    own = [one.clone().requires_grad_() for one in (query, states)]
    context, weights = luong_attention(*own, lengths=torch.tensor([0, 3, 5]))
    assert torch.equal(context[0], torch.zeros(4)) and torch.equal(weights[0], torch.zeros(5))
    (context.sum() + weights.square().sum()).backward()
    for one in own:
        assert one.grad is not None and torch.isfinite(one.grad).all()
        assert torch.equal(one.grad[0], torch.zeros_like(one.grad[0]))
    none, nothing = luong_attention(query, states[:, :0])
    assert torch.equal(none, torch.zeros(3, 4)) and nothing.shape == (3, 0)


@pytest.mark.parametrize(
    ("arguments", "named", "text"),
    [
        ((query, states[0]), {}, r"The query has the shape \(3, 4\) and the states \(5, 4\); expected are \[B, D\]"),
        ((query[0, 0], states), {}, r"The query has the shape \(\) and the states"),
        ((query[:, :3], states), {}, r"A query of the shape \(3, 3\) does not go with states of the shape \(3, 5, 4\)"),
        ((query[:2], states), {}, "their batch sizes and their widths must be the same"),
        (
            (query, states, states[:, :4]),
            {},
            r"The values have the shape \(3, 4, 4\), .* there must be one value a state",
        ),
        ((query, states.double()), {}, "The query is torch.float32 on cpu, and the states are torch.float64 on cpu"),
        ((query, states, states.half()), {}, "and the values are torch.float16 on cpu"),
        ((query.int(), states.int()), {}, "The query is torch.int32; it must be of a floating-point dtype"),
        ((query[0], states[0]), {"lengths": torch.tensor([1])}, r"Lengths are for a batch: the query must be \[B, D\]"),
        ((query, states), {"lengths": torch.tensor([1, 2])}, r"have the shape \(2,\), and the query needs \(3,\)"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.parametrize("backend", ["auto", "triton"])
def test_what_cannot_be_is_said(arguments: Any, named: dict[str, Any], text: str, backend: str) -> None:
    with pytest.raises(ValueError, match=text):
        luong_attention(*arguments, **named, backend=backend)


def test_the_module_is_the_function() -> None:
    lengths = torch.tensor([5, 2, 1])
    for scale in (1.0, 0.5):
        module = nn.LuongAttention(scale)
        got = module(query, states, lengths=lengths)
        expected = luong_attention(query, states, lengths=lengths, scale=scale)
        assert all(torch.equal(one, other) for one, other in zip(got, expected, strict=True))
    assert repr(module) == "LuongAttention(scale=0.5)" and not list(module.parameters()) + list(module.buffers())


def test_it_compiles_as_one_graph(compiler: str) -> None:
    def call(q: torch.Tensor, s: torch.Tensor) -> torch.Tensor:
        return luong_attention(q, s, lengths=torch.tensor([1, 2, 3]))[0]

    compiled = torch.compile(call, fullgraph=True, backend=compiler)
    torch.testing.assert_close(compiled(query, states), call(query, states))


def test_tracing_sees_what_comes() -> None:
    with FakeTensorMode():
        q, s, v = torch.randn(3, 4).half(), torch.randn(3, 5, 4).half(), torch.randn(3, 5, 2).half()
        context, weights, *saved = forward(q, s, v, None, 1.0)
        assert context.shape == (3, 2) and weights.shape == (3, 5) and weights.dtype == torch.float16
        assert [one.shape for one in saved] == [(3, 5), (3,), (3, 2)]
        assert {one.dtype for one in saved} == {torch.float32}
        gradients = backward(context, None, q, s, v, None, *saved, 1.0, [True] * 3)
        assert [one.shape for one in gradients] == [(3, 4), (3, 5, 4), (3, 5, 2)]


def test_what_it_would_use_and_why() -> None:
    assert kernels.explain("luong_attention", query, states).reason.startswith("the tensors are on the device cpu")
    with pytest.raises(kernels.BackendError, match=r"luong_attention has no Triton kernel for this call"):
        luong_attention(query, states, backend="triton")
