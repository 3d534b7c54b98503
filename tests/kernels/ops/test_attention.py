"""Attention where there is no GPU: PyTorch's own, with its errors, that knows lengths and masks besides."""

from __future__ import annotations

from typing import Any

import pytest
import torch
import torch.nn.functional as F
from torch._subclasses.fake_tensor import FakeTensorMode
from torch.nn.attention import SDPBackend, sdpa_kernel

import kernels
from kernels import attention
from kernels.ops.attention_autograd import backward, forward
from tests.kernels.measure import outcome

q, k, v = torch.randn(2, 4, 5, 8), torch.randn(2, 4, 6, 8), torch.randn(2, 4, 6, 8)
CALLS: list[tuple[tuple[torch.Tensor, ...], dict[str, Any]]] = [
    ((q, k, v), {}),
    ((q, k, v), {"scale": 1.0}),
    ((q, k, v), {"is_causal": True}),
    ((q, k, v[..., :3]), {}),
    ((q, k[:, :2], v[:, :2]), {}),
    ((q[0], k[0], v[0]), {}),
    ((q[0, 0], k[0, 0], v[0, 0]), {"is_causal": True}),
    ((q[:0], k[:0], v[:0]), {}),
    ((q[:, :, :0], k, v), {}),
    ((q, k[:, :, :0], v[:, :, :0]), {}),
    ((q.half(), k.half(), v.half()), {}),
    ((q[None], k[None], v[None]), {}),
    ((q, k[:1], v[:1]), {}),
    # what PyTorch refuses
    ((q[0, 0, 0], k, v), {}),
    ((q.double(), k, v), {}),
    ((q[:, :3], k[:, :2], v[:, :2]), {}),
    ((q, k[..., :7], v), {}),
    ((q.int(), k.int(), v.int()), {}),
]


@pytest.mark.parametrize(("tensors", "how"), CALLS)
@pytest.mark.parametrize("backend", ["auto", "torch"])
def test_results_and_errors_are_pytorchs(tensors: tuple[torch.Tensor, ...], how: dict[str, Any], backend: str) -> None:
    grouped = all(one.dim() == 4 for one in tensors) and tensors[0].shape[1] != tensors[1].shape[1]
    got = outcome(attention, *tensors, **how, backend=backend)
    expected = outcome(F.scaled_dot_product_attention, *tensors, **how, enable_gqa=grouped)
    if isinstance(expected, torch.Tensor):
        torch.testing.assert_close(got, expected, rtol=0, atol=0)
    else:
        assert got == expected


def test_what_pytorch_refuses_it_refuses_itself_whichever_backend_was_asked_for() -> None:
    for tensors, how in CALLS[13:17]:
        expected = outcome(F.scaled_dot_product_attention, *tensors, enable_gqa=tensors[0].shape[:2] == (2, 3), **how)
        assert outcome(attention, *tensors, **how, backend="triton") == expected


@pytest.mark.parametrize("causal", [False, True])
def test_lengths_and_a_mask_are_one_mask(causal: bool) -> None:
    lengths, mask = torch.tensor([4, 0]), torch.rand(2, 6) > 0.3
    mask[0, 0] = True
    seen = (mask & (torch.arange(6) < lengths[:, None]))[:, None, None].expand(2, 4, 5, 6)
    if causal:
        seen = seen & torch.ones(5, 6, dtype=torch.bool).tril()
    o = attention(q, k, v, lengths=lengths, key_mask=mask, is_causal=causal)
    torch.testing.assert_close(o, F.scaled_dot_product_attention(q, k, v, seen))
    assert torch.equal(o[1], torch.zeros(4, 5, 8))


def test_a_query_that_sees_no_key_has_zero_gradients() -> None:
    own: list[Any] = [one.clone().requires_grad_() for one in (q, k, v)]
    attention(*own, lengths=torch.tensor([0, 6])).sum().backward()
    for one in own:
        assert one.grad is not None and torch.isfinite(one.grad).all()
        assert torch.equal(one.grad[0], torch.zeros_like(one.grad[0]))


@pytest.mark.parametrize(
    ("named", "text"),
    [
        ({"lengths": torch.tensor([1, 2, 3])}, r"The lengths have the shape \(3,\), and the query needs \(2,\)"),
        ({"lengths": torch.tensor([1.0, 2.0])}, "The lengths are torch.float32; they must be int32 or int64"),
        ({"lengths": torch.zeros(2, dtype=torch.int64, device="meta")}, "The lengths are on the device meta"),
        ({"key_mask": torch.ones(2, 6)}, "The key mask is torch.float32; it must be bool, True for the keys that"),
        ({"key_mask": torch.ones(2, 5, dtype=torch.bool)}, r"the shape \(2, 5\), and the keys need \(2, 6\)"),
        ({"key_mask": torch.ones(2, 6, dtype=torch.bool, device="meta")}, "The key mask is on the device meta"),
        ({"precision": "fp8"}, "'fp8' is no precision. There are ieee, tf32, tf32x3"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_is_said(named: dict[str, Any], text: str) -> None:
    with pytest.raises(ValueError, match=text):
        attention(q, k, v, **named)


def test_masks_dropout_and_groups_are_pytorchs(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = torch.rand(2, 4, 5, 6) > 0.3
    seen[..., 0] = True
    for mask in (seen, seen[:1, :1, :1], seen[0, 0], torch.randn(5, 6), torch.randn(2, 1, 1, 6)):
        torch.testing.assert_close(attention(q, k, v, mask), F.scaled_dot_product_attention(q, k, v, mask))
        lengths = torch.tensor([3, 6])
        within = (torch.arange(6) < lengths[:, None])[:, None, None]
        both = mask & within if mask.dtype == torch.bool else mask.masked_fill(~within, float("-inf"))
        expected = F.scaled_dot_product_attention(q, k, v, both)
        torch.testing.assert_close(attention(q, k, v, mask, lengths=lengths), expected)
    both = outcome(attention, q, k, v, seen, 0.0, True)  # some versions refuse it
    assert str(both) == str(outcome(F.scaled_dot_product_attention, q, k, v, seen, 0.0, True))
    one = outcome(attention, q, k[:, :2], v[:, :2], enable_gqa=False, backend="triton")
    assert one == outcome(F.scaled_dot_product_attention, q, k[:, :2], v[:, :2])
    assert float((attention(q, k, torch.ones_like(v), dropout_p=0.5) - 1).abs().max()) > 0.1
    with pytest.raises(kernels.BackendError, match=r"attention\+mask .* device cpu"):  # one of keys it could take
        attention(q, k, v, seen[:, :1, :1], backend="triton")
    monkeypatch.setattr("kernels.dispatch.choice.unavailable", lambda kind, index: None)
    for named, reason in (({"dropout_p": 0.5}, "no dropout"), ({"attn_mask": seen}, "differs from query to query")):
        with pytest.raises(kernels.BackendError, match=reason):
            attention(q, k, v, **named, backend="triton")


@pytest.mark.parametrize("causal", [False, True])
def test_results_over_stretches_of_keys_are_put_together_by_their_sums(causal: bool) -> None:
    lengths = torch.tensor([6, 2])
    o, lse = kernels.attention_with_lse(q, k[:, :2], v[:, :2], is_causal=causal, lengths=lengths, scale=0.7)
    torch.testing.assert_close(o, attention(q, k[:, :2], v[:, :2], is_causal=causal, lengths=lengths, scale=0.7))
    parts = [
        kernels.attention_with_lse(q, k[:, :2, place], v[:, :2, place], is_causal=causal, lengths=one, scale=0.7)
        for place, one in ((slice(0, 4), lengths.clamp_max(4)), (slice(4, 6), (lengths - 4).clamp_min(0)))
    ]
    if causal:  # the second stretch is counted from its own first key
        assert parts[1][1].shape == (2, 4, 5)
        return
    torch.testing.assert_close(sum(torch.exp(part - lse).unsqueeze(-1) * one for one, part in parts), o)
    assert torch.equal(parts[1][1][1], torch.full((4, 5), float("-inf"))) and not lse.requires_grad


def test_lengths_are_for_a_batch() -> None:
    with pytest.raises(ValueError, match=r"for a batch, .* the query has 2 dimensions"):
        attention(q[0, 0], k[0, 0], v[0, 0], lengths=torch.tensor([3]))


def test_pytorchs_way_has_second_gradients() -> None:
    own = [torch.randn(1, 2, 3, 4, dtype=torch.float64, requires_grad=True) for _ in range(3)]
    with sdpa_kernel(SDPBackend.MATH):
        assert torch.autograd.gradgradcheck(lambda *a: attention(*a, lengths=torch.tensor([2])), own)


def test_pytorchs_way_compiles_as_one_graph(compiler: str) -> None:
    def call(q: torch.Tensor, k: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
        return attention(q, k, v, lengths=torch.tensor([2, 6])).sin()

    compiled = torch.compile(call, fullgraph=True, backend=compiler)
    torch.testing.assert_close(compiled(q, k, v), call(q, k, v))


def test_queries_beyond_their_length_give_zeros_and_have_no_part() -> None:
    q, k, v = (torch.randn(2, 4, 5, 8).requires_grad_() for _ in range(3))
    ends = torch.tensor([3, 0])
    for causal in (False, True):
        o, lse = kernels.attention_with_lse(q, k, v, query_lengths=ends, is_causal=causal)
        whole, sums = kernels.attention_with_lse(q, k, v, is_causal=causal)
        there = (torch.arange(5) < ends[:, None])[:, None, :, None]
        torch.testing.assert_close(o, whole.masked_fill(~there, 0.0))
        torch.testing.assert_close(lse, sums.masked_fill(~there[..., 0], float("-inf")))
        gradients = torch.autograd.grad(o.sum(), (q, k, v))
        expected = torch.autograd.grad((whole * there).sum(), (q, k, v))
        for one, other in zip(gradients, expected, strict=True):
            torch.testing.assert_close(one, other)
    alone = attention(q[:, 0], k[:, 0], v[:, 0], query_lengths=ends)
    torch.testing.assert_close(alone, attention(q, k, v, query_lengths=ends)[:, 0])
    assert torch.equal(kernels.nn.Attention()(q, k, v, query_lengths=ends), attention(q, k, v, query_lengths=ends))
    with pytest.raises(ValueError, match=r"The lengths have the shape \(1,\)"):
        attention(q, k, v, query_lengths=ends[:1])


@pytest.mark.parametrize("heads_first", [True, False])
def test_tracing_sees_the_strides_that_come(heads_first: bool) -> None:
    with FakeTensorMode():
        own = [torch.randn(2, 4, 5, 8) if heads_first else torch.randn(2, 5, 4, 8).transpose(1, 2) for _ in range(3)]
        strides = own[0].stride()
        how = (None, None, None, True, 1.0, "")
        o, lse = forward(*own, *how)
        assert o.stride() == strides and lse.shape == (2, 4, 5) and lse.dtype == torch.float32
        assert [one.stride() for one in backward(o, *own, o, lse, *how, [True] * 3)] == [strides] * 3


def test_precision_follows_pytorchs_flag() -> None:
    from kernels.types.precision import of_products

    before = torch.backends.cuda.matmul.fp32_precision
    try:
        for flag, expected in (("tf32", "tf32"), ("ieee", "ieee"), ("none", "ieee")):
            torch.backends.cuda.matmul.fp32_precision = flag
            assert of_products() == expected
    finally:
        torch.backends.cuda.matmul.fp32_precision = before


def test_what_it_would_use_and_why() -> None:
    assert kernels.explain("attention", q, k, v, is_causal=True).reason.startswith("the tensors are on the device cpu")
    with pytest.raises(kernels.BackendError, match=r"attention\+causal\+lengths has no Triton kernel for this call"):
        attention(q, k, v, is_causal=True, lengths=torch.tensor([1, 2]), backend="triton")
