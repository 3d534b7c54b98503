"""Attention's kernels, interpreted on the CPU, against PyTorch in float64."""

from __future__ import annotations

from typing import Any

import pytest
import torch
import torch.nn.functional as F
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.library import opcheck
from torch.nn.attention import SDPBackend, sdpa_kernel

import kernels
from kernels import attention, attention_with_lse
from kernels.ops.attention_autograd import backward, forward
from tests.kernels.measure import DTYPES, assert_close, poisoned, relative_error

# batch, query heads, key heads, queries, keys, width, width of a value
SHAPES = (
    (2, 2, 2, 33, 33, 16, 16),
    (1, 4, 2, 40, 70, 24, 8),
    (3, 2, 1, 9, 11, 8, 8),
    (1, 2, 2, 140, 150, 64, 64),
    (2, 3, 1, 130, 20, 5, 7),
    (1, 1, 1, 20, 17, 128, 100),
)


def sample(shape: tuple[int, ...], dtype: torch.dtype) -> list[torch.Tensor]:
    b, h, own, queries, keys, d, dv = shape
    sizes = ((b, h, queries, d), (b, own, keys, d), (b, own, keys, dv))
    return [torch.randn(size, dtype=torch.float64).to(dtype) for size in sizes]


def masks(shape: tuple[int, ...]) -> list[dict[str, Any]]:
    """None, lengths, a key mask, and both. The last of several sequences sees no key, the others four where there are.

    (Of what sees a single key, the gradient of the scores is nothing but rounding.)
    """
    b, keys = shape[0], shape[4]
    lengths, mask = torch.randint(4, max(keys, 4) + 3, (b,)), torch.rand(b, keys) > 0.4
    mask[:, :4] = True
    lengths[-1] = 0 if b > 1 else lengths[-1]
    return [{}, {"lengths": lengths.int()}, {"key_mask": mask}, {"lengths": lengths, "key_mask": mask.t().clone().t()}]


def backprop(
    tensors: list[torch.Tensor], backend: str, dtype: torch.dtype | None = None, **how: Any
) -> list[torch.Tensor]:
    """The output of a call and its gradients, for a cotangent that the output's shape determines."""
    own: list[Any] = [(one if dtype is None else one.to(dtype)).detach().requires_grad_() for one in tensors]
    o = attention(*own, backend=backend, **how)
    do = torch.sin(torch.arange(o.numel(), dtype=torch.float64)).reshape(o.shape).to(tensors[0].dtype).to(o.dtype)
    return [o.detach(), *torch.autograd.grad(o, own, do)]


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("causal", [False, True], ids=["all", "causal"])
@pytest.mark.parametrize("full", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["sample", "full"])
def test_output_and_gradients(dtype: torch.dtype, causal: bool, full: bool) -> None:
    shapes = SHAPES if dtype in (torch.float64, torch.bfloat16) else SHAPES[1::2]
    for place, shape in list(enumerate(shapes))[0 if full else causal :: 1 if full else 2]:
        for mask in masks(shape) if full else [masks(shape)[place % 4]]:
            tensors = sample(shape, dtype)
            how: dict[str, Any] = {"is_causal": causal, **mask}
            got = backprop(tensors, "interpret", **how)
            expected = backprop(tensors, "torch", torch.float64, **how)
            assert_close(got, expected, dtype, (shape, list(how)), backprop(tensors, "torch", **how))


def test_the_sums_that_are_kept_are_those_of_the_formula() -> None:
    q, k, v = sample((2, 4, 2, 6, 5, 8, 3), torch.float32)
    how: dict[str, Any] = {"lengths": torch.tensor([3, 0]), "is_causal": True, "scale": 0.3}
    (o, lse), (right, expected) = (attention_with_lse(q, k, v, **how, backend=one) for one in ("interpret", "torch"))
    torch.testing.assert_close((o, lse), (right, expected))
    mask = (torch.arange(5) < 3).expand(2, 1, 1, 5)
    torch.testing.assert_close(*(attention(q, k, v, mask, backend=one) for one in ("interpret", "torch")))


@pytest.mark.parametrize(("scale", "causal"), [(-0.7, True), (0.0, True), (0.7, False)])
def test_scales_of_either_sign_and_a_last_block_that_is_cut_off(scale: float, causal: bool) -> None:
    tensors = sample((2, 2, 1, 130, 20, 4, 3), torch.float64)
    how: dict[str, Any] = {"scale": scale, "is_causal": causal, "key_mask": torch.arange(20).expand(2, 20) % 3 != 1}
    with sdpa_kernel(SDPBackend.MATH):
        expected = backprop(tensors, "torch", **how)
    assert_close(backprop(tensors, "interpret", **how), expected, torch.float64, how)


@pytest.mark.parametrize(("group", "causal"), [(1, True), (2, False)])
def test_padded_queries_are_neither_read_nor_counted(group: int, causal: bool) -> None:
    """Two blocks of queries: both, the first and a part of the second, a part of the first, none."""
    q, k, v = sample((4, 2, 2 // group, 140, 9, 4, 3), torch.float64)
    ends, lengths = torch.tensor([140, 130, 7, -1]), torch.tensor([9, 5, 9, 9])
    there = (torch.arange(140) < ends[:, None])[:, None, :, None]
    how: dict[str, Any] = {"lengths": lengths, "query_lengths": ends, "is_causal": causal}
    with sdpa_kernel(SDPBackend.MATH):
        expected = backprop([q, k, v], "torch", **how)
    own = [q.masked_fill(~there, float("nan")), k, v]  # which PyTorch would multiply by 0
    assert_close(backprop(own, "interpret", **how), expected, torch.float64)


def test_the_reference_is_the_formula() -> None:
    shape = (2, 4, 2, 6, 5, 8, 3)
    q, k, v = sample(shape, torch.float64)
    lengths = torch.tensor([3, 0])
    k, v = (one.repeat_interleave(2, 1) for one in (k, v))
    scores = q @ k.transpose(2, 3) * 0.3
    seen = (torch.arange(5) < lengths[:, None])[:, None, None] & (torch.arange(5) <= torch.arange(6)[:, None])
    o = torch.nan_to_num(torch.softmax(scores.masked_fill(~seen, float("-inf")), -1)) @ v
    for backend in ("interpret", "torch"):
        got = attention(q, k[:, ::2], v[:, ::2], lengths=lengths, is_causal=True, scale=0.3, backend=backend)
        assert_close([got], [o], torch.float64)
        assert torch.equal(got[1], torch.zeros_like(got[1]))


@settings(max_examples=15, deadline=None)
@given(
    batch=st.integers(1, 3),
    own=st.integers(1, 3),
    group=st.integers(1, 3),
    queries=st.integers(1, 40),
    keys=st.integers(2, 40),
    width=st.integers(1, 20),
    value_width=st.integers(1, 20),
    causal=st.booleans(),
    scale=st.sampled_from([None, 1.0, 0.1, -0.5]),
    mask=st.integers(0, 3),
)
def test_odd_shapes(
    batch: int, own: int, group: int, queries: int, keys: int, width: int, value_width: int, causal: bool,
    scale: float | None, mask: int,
) -> None:  # fmt: skip
    shape = (batch, own * group, own, queries + 1, keys, width, value_width)
    tensors = sample(shape, torch.float64)
    how: dict[str, Any] = {"is_causal": causal, "scale": scale, **masks(shape)[mask]}
    with sdpa_kernel(SDPBackend.MATH):  # PyTorch's flash attention gives NaN for a negative scale and a causal mask
        expected = backprop(tensors, "torch", **how)
    assert_close(backprop(tensors, "interpret", **how), expected, torch.float64, (shape, how))


@pytest.mark.parametrize("tile", [(16, 16), (32, 16), (16, 32)], ids=str)
@pytest.mark.parametrize("causal", [False, True], ids=["all", "causal"])
@pytest.mark.parametrize("full", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["sample", "full"])
def test_small_tiles_meet_at_their_edges(
    tile: tuple[int, int], causal: bool, full: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kernels.launch import attention as launch

    monkeypatch.setattr(launch, "attention_tile", lambda *_, **__: launch.AttentionTile(*tile, 4, 2))
    shapes = ((2, 2, 1, 64, 48, 16, 16), (1, 2, 2, 37, 70, 8, 16), (1, 1, 1, 70, 37, 8, 8))
    for place, shape in enumerate(shapes):
        for mask in masks(shape) if full else [masks(shape)[place + causal]]:
            tensors = sample(shape, torch.float64)
            got = backprop(tensors, "interpret", is_causal=causal, **mask)
            assert_close(got, backprop(tensors, "torch", is_causal=causal, **mask), torch.float64, (shape, list(mask)))


@pytest.mark.parametrize("full", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["sample", "full"])
def test_nothing_beside_the_inputs_is_read_and_all_of_the_output_is_written(full: bool, nan_filled: None) -> None:
    for place, shape in enumerate(SHAPES[:3]):
        for mask in masks(shape) if full else [masks(shape)[place + 1]]:
            tensors = [poisoned(one) for one in sample(shape, torch.float32)]
            before = [one.clone() for one in tensors]
            first, second = (backprop(tensors, "interpret", is_causal=True, **mask) for _ in range(2))
            expected = backprop(tensors, "torch", torch.float64, is_causal=True, **mask)
            assert_close(first, expected, torch.float32, (shape, list(mask)))
            assert all(torch.equal(one, other) for one, other in zip(first, second, strict=True))
            assert all(torch.equal(one, other) for one, other in zip(tensors, before, strict=True))


def test_what_lies_beyond_a_sequence_or_is_masked_out_is_not_looked_at() -> None:
    shape = (2, 2, 1, 9, 20, 8, 8)
    lengths, mask = torch.tensor([13, 4]), torch.arange(20).expand(2, 20) % 3 != 1
    hows: list[dict[str, Any]] = [{"lengths": lengths}, {"key_mask": mask}, {"lengths": lengths, "key_mask": mask}]
    for how in hows:
        q, k, v = sample(shape, torch.float64)
        clean = backprop([q, k, v], "interpret", **how)
        hidden = torch.zeros(2, 20, dtype=torch.bool)
        hidden |= torch.arange(20) >= how["lengths"][:, None] if "lengths" in how else hidden
        hidden |= ~how["key_mask"] if "key_mask" in how else hidden
        for one in (k, v):
            one[hidden[:, None].expand(2, 1, 20)] = float("nan")
        assert all(torch.equal(a, b) for a, b in zip(clean, backprop([q, k, v], "interpret", **how), strict=True))


def test_a_nan_shows_in_all_that_sees_it_and_in_nothing_else() -> None:
    q, k, v = sample((1, 1, 1, 6, 6, 8, 8), torch.float32)
    k[0, 0, 3, 2] = float("nan")
    o = attention(q, k, v, is_causal=True, backend="interpret")
    assert torch.isfinite(o[..., :3, :]).all() and torch.isnan(o[..., 3:, :]).all()


@pytest.mark.parametrize("size", [1e-3, 1.0, 300.0])
def test_scores_of_any_size(size: float) -> None:
    q, k, v = sample(SHAPES[0], torch.float32)
    tensors = [q * size, k, v]
    highest = float((tensors[0] @ k.transpose(2, 3) / 4).abs().max())
    expected = backprop(tensors, "torch", torch.float64)
    # a score that is off by so much makes its weight wrong by that part
    rounding = 4 * torch.finfo(torch.float32).eps * max(highest, 10.0)
    for one, other, right in zip(backprop(tensors, "interpret"), backprop(tensors, "torch"), expected, strict=True):
        assert relative_error(one, right) <= max(rounding, 3 * relative_error(other, right))


def test_the_layout_of_the_query_is_kept() -> None:
    for heads_first in (True, False):
        q, k, v = sample((2, 3, 3, 7, 9, 8, 8), torch.float32)
        if not heads_first:
            q, k, v = (one.transpose(1, 2).contiguous().transpose(1, 2) for one in (q, k, v))
        tensors: list[Any] = [one.requires_grad_() for one in (q, k, v)]
        o = attention(*tensors, backend="interpret")
        assert o.is_contiguous() is heads_first and o.transpose(1, 2).is_contiguous() is not heads_first
        o.square().sum().backward()
        assert all(one.grad is not None and one.grad.stride() == one.stride() for one in tensors)


def test_strides_of_any_kind() -> None:
    packed = torch.randn(2, 11, 3, 4, 12, dtype=torch.float64)  # as one projection gives queries, keys and values
    q, k, v = packed.permute(2, 0, 3, 1, 4)[..., ::2]
    tensors = [q, k[:1].expand(2, -1, -1, -1), v.flip(2)]
    assert_close(backprop(tensors, "interpret"), backprop(tensors, "torch"), torch.float64)
    cotangent = torch.ones((), dtype=torch.float64).expand(2, 4, 11, 6)
    results = []
    for backend in ("interpret", "torch"):
        own = [one.detach().requires_grad_() for one in tensors]
        results.append(torch.autograd.grad(attention(*own, backend=backend), own, cotangent))
    assert_close(results[0], results[1], torch.float64)


@pytest.mark.parametrize("batched", [True, False])
def test_without_heads_and_without_a_batch(batched: bool) -> None:
    tensors = [torch.randn((2,) * batched + size, dtype=torch.float64) for size in ((5, 8), (7, 8), (7, 3))]
    how: dict[str, Any] = {"lengths": torch.tensor([7, 2])} if batched else {}
    got = backprop(tensors, "interpret", **how)
    assert_close(got, backprop(tensors, "torch", **how), torch.float64)
    assert got[0].shape == (*(2,) * batched, 5, 3)


def test_an_empty_batch_and_no_keys() -> None:
    for shape in ((0, 2, 2, 5, 6, 8, 8), (2, 2, 1, 0, 6, 8, 8), (2, 2, 2, 5, 0, 8, 8)):
        got = backprop(sample(shape, torch.float32), "interpret")
        assert all(torch.equal(one, torch.zeros_like(one)) for one in got)
        assert [one.shape for one in got] == [one.shape for one in backprop(sample(shape, torch.float32), "torch")]


def test_gradients_against_differences() -> None:
    q, k, v = (one.requires_grad_() for one in sample((2, 4, 2, 5, 7, 4, 3), torch.float64))
    lengths, mask = torch.tensor([6, 3]), torch.arange(7).expand(2, 7) != 1

    def call(q: torch.Tensor, k: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
        return attention(q, k, v, lengths=lengths, key_mask=mask, is_causal=True, scale=0.7, backend="interpret")

    assert torch.autograd.gradcheck(call, (q, k, v), fast_mode=True)


def test_a_second_gradient_is_refused() -> None:
    q, k, v = (one.requires_grad_() for one in sample(SHAPES[2], torch.float32))
    with pytest.raises(RuntimeError, match="use backend='torch'"):
        torch.autograd.grad(attention(q, k, v, backend="interpret").sum(), q, create_graph=True)


@pytest.mark.slow
def test_pytorch_finds_the_operations_well_formed(checks: tuple[str, ...]) -> None:
    q, k, v = sample((2, 4, 2, 9, 11, 8, 6), torch.float32)
    lengths, mask = torch.tensor([4, 11]), torch.rand(2, 11) > 0.3
    for how in ((lengths, None, mask, True, 0.3, ""), (None, lengths - 2, None, False, 1.0, "tf32")):
        opcheck(forward, (q, k, v, *how), test_utils=checks)
        o, lse = forward(q, k, v, *how)
        opcheck(backward, (torch.ones_like(o), q, k, v, o, lse, *how, [True, True, False]), test_utils=checks)


@pytest.mark.slow
def test_it_compiles_as_one_graph(compiler: str) -> None:
    lengths = torch.tensor([4, 11])

    def step(q: torch.Tensor, k: torch.Tensor, v: torch.Tensor) -> torch.Tensor:
        return attention(q * 2, k, v, lengths=lengths, is_causal=True, backend="interpret").sin()

    tensors = sample((2, 4, 2, 9, 11, 8, 6), torch.float32)
    results = []
    for run in (step, torch.compile(step, fullgraph=True, backend=compiler)):
        own = [one.detach().requires_grad_() for one in tensors]
        o = run(*own)
        results.append([o, *torch.autograd.grad(o, own, torch.ones_like(o))])
    assert_close(results[1], results[0], torch.float32)


def test_autocast_casts_as_pytorch_does() -> None:
    q, k, v = sample(SHAPES[0], torch.float32)
    with torch.autocast("cpu", torch.bfloat16):
        o = attention(q, k, v, backend="interpret")
        assert o.dtype == attention(q, k, v, backend="torch").dtype == torch.bfloat16
    right = F.scaled_dot_product_attention(q.double(), k.double(), v.double())
    assert_close([o], [right], torch.bfloat16)


def test_asking_by_name_says_what_is_missing() -> None:
    q, k, v = sample((1, 2, 2, 5, 5, 256, 8), torch.float32)
    with pytest.raises(kernels.BackendError, match="a head is 256 wide, and our kernels go to 128"):
        attention(q, k, v, backend="interpret")
