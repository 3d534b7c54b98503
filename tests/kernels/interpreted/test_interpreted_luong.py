"""The kernels of Luong's attention, interpreted on the CPU, against PyTorch in float64."""

from __future__ import annotations

import statistics
from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch.library import opcheck

import kernels
from kernels import luong_attention
from kernels.ops.luong import backward, forward
from tests.kernels.measure import DTYPES, allowed, assert_close, poisoned, relative_error

# batch, states, width, width of a value or None for the states themselves
SHAPES = ((4, 11, 20, None), (6, 6, 5, None), (4, 70, 64, 3), (3, 300, 7, 129))
USES = ("both", "context", "weights")


def sample(shape: tuple[Any, ...], dtype: torch.dtype) -> list[torch.Tensor]:
    """Query, states and maybe values. The scores are of the size 1, so that no weight is all there is."""
    b, s, d, dv = shape
    sizes = ((b, s, d), *(() if dv is None else ((b, s, dv),)))
    query = torch.randn(b, d, dtype=torch.float64) / d**0.5
    return [one.to(dtype) for one in (query, *(torch.randn(size, dtype=torch.float64) for size in sizes))]


def lengths_of(shape: tuple[Any, ...]) -> list[dict[str, Any]]:
    """None; some, four states at least where there are; and none of the first sequence."""
    some = torch.randint(4, max(shape[1], 4) + 3, (shape[0],))
    dead = some.int()
    dead[0] = 0
    return [{}, {"lengths": some}, {"lengths": dead}]


def backprop(
    tensors: list[torch.Tensor], backend: str, dtype: torch.dtype | None = None, use: str = "both", **how: Any
) -> list[torch.Tensor]:
    """Context, weights, and the gradients for cotangents of both or of one, that the shapes determine."""
    own = [(one if dtype is None else one.to(dtype)).detach().requires_grad_() for one in tensors]
    context, weights = luong_attention(*own, backend=backend, **how)
    used = {"both": [context, weights], "context": [context], "weights": [weights]}[use]
    cotangents = [
        torch.sin(torch.arange(one.numel(), dtype=torch.float64)).reshape(one.shape).to(tensors[0].dtype).to(one.dtype)
        for one in used
    ]
    gradients = torch.autograd.grad(used, own, cotangents, allow_unused=True)
    filled = [torch.zeros_like(one) if of is None else of for of, one in zip(gradients, own, strict=True)]
    return [context.detach(), weights.detach(), *filled]


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize("full", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["sample", "full"])
def test_context_weights_and_gradients(dtype: torch.dtype, use: str, full: bool) -> None:
    for place, shape in enumerate(SHAPES):
        for how in lengths_of(shape) if full else [lengths_of(shape)[(place + USES.index(use)) % 3]]:
            tensors = sample(shape, dtype)
            named: dict[str, Any] = {"use": use, "scale": 0.7, **how}
            expected = backprop(tensors, "torch", torch.float64, **named)
            theirs = backprop(tensors, "torch", **named)
            assert_close(backprop(tensors, "interpret", **named), expected, dtype, (shape, how), theirs)


@pytest.mark.parametrize("dtype", DTYPES, ids=str)
def test_where_one_state_has_nearly_all_the_weight_the_gradient_is_no_worse_than_pytorchs(dtype: torch.dtype) -> None:
    """The gradient is what is left of a cancellation, and of rounding, on which no two CPUs agree: the median of 64."""
    query, states = sample((64, 30, 32, None), dtype)
    tensors = [20 * query, states]
    expected = backprop(tensors, "torch", torch.float64, use="context")
    assert expected[1].amax(1).mean() > 0.6
    theirs = backprop(tensors, "torch", use="context")
    for got, by_torch, right in zip(backprop(tensors, "interpret", use="context"), theirs, expected, strict=True):
        ours, other = (
            statistics.median(relative_error(one[b], right[b]) for b in range(64)) for one in (got, by_torch)
        )
        assert ours <= allowed(dtype, other, 1.0), (ours, other)


@pytest.mark.parametrize("backend", ["interpret", "torch"])
def test_it_is_the_formula(backend: str) -> None:
    q, k, v = sample((2, 6, 5, 3), torch.float64)
    weights = torch.softmax(torch.einsum("bsd,bd->bs", k, q), -1)
    got = luong_attention(q, k, v, backend=backend)
    assert_close(got, [torch.einsum("bs,bsv->bv", weights, v), weights], torch.float64)
    alone = luong_attention(q[1], k[1], v[1], backend=backend)
    assert_close(alone, [one[1] for one in got], torch.float64)
    assert_close(
        [luong_attention(q, k, v, scale=5**-0.5, backend=backend)[0]],
        [torch.nn.functional.scaled_dot_product_attention(q[:, None], k, v)[:, 0]],
        torch.float64,
    )
    still, even = luong_attention(0 * q, k, backend=backend)
    assert_close([still, even], [k.mean(1), torch.full((2, 6), 1 / 6, dtype=torch.float64)], torch.float64)


@settings(max_examples=15, deadline=None)
@given(
    batch=st.integers(1, 4), states=st.integers(2, 40), width=st.integers(1, 33),
    value_width=st.none() | st.integers(1, 33), lengths=st.integers(0, 2),
)  # fmt: skip
def test_odd_shapes(batch: int, states: int, width: int, value_width: int | None, lengths: int) -> None:
    shape = (batch, states, width, value_width)
    tensors, how = sample(shape, torch.float64), lengths_of(shape)[lengths]
    assert_close(
        backprop(tensors, "interpret", **how),
        backprop(tensors, "torch", **how),
        torch.float64,
        (shape, how),
    )


def test_many_small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    from kernels.launch import luong as launch

    monkeypatch.setattr(launch, "TILE", 2)  # 64 numbers when interpreted: few states at a time, down to one
    for shape in ((3, 11, 20, None), (2, 9, 17, 5), (1, 30, 70, None)):
        for how in lengths_of(shape):
            tensors = sample(shape, torch.float64)
            assert_close(
                backprop(tensors, "interpret", **how),
                backprop(tensors, "torch", **how),
                torch.float64,
                shape,
            )


def test_nothing_beside_the_inputs_is_read_and_all_of_the_output_is_written(nan_filled: None) -> None:
    for shape in SHAPES:
        for how in lengths_of(shape):
            tensors = [poisoned(one) for one in sample(shape, torch.float32)]
            before = [one.clone() for one in tensors]
            first, second = (backprop(tensors, "interpret", **how) for _ in range(2))
            assert_close(first, backprop(tensors, "torch", torch.float64, **how), torch.float32, (shape, how))
            assert all(torch.equal(one, other) for one, other in zip(first, second, strict=True))
            assert all(torch.equal(one, other) for one, other in zip(tensors, before, strict=True))


def test_what_lies_beyond_a_sequence_is_not_looked_at() -> None:
    q, k, v = sample((2, 9, 5, 4), torch.float64)
    lengths = torch.tensor([9, 4])
    clean = backprop([q, k, v], "interpret", lengths=lengths)
    for one in (k, v):
        one[1, 4:] = float("nan")
    dirty = backprop([q, k, v], "interpret", lengths=lengths)
    assert all(torch.equal(one, other) for one, other in zip(clean, dirty, strict=True))
    assert torch.equal(dirty[1][1, 4:], torch.zeros(5, dtype=torch.float64))


def test_strides_of_any_kind() -> None:
    states = torch.randn(7, 3, 10, dtype=torch.float64).transpose(0, 1)[..., ::2]  # as a recurrent layer gives them
    query = torch.randn(5, 3, dtype=torch.float64).t()
    assert_close(
        backprop([query, states], "interpret"),
        backprop([query, states], "torch"),
        torch.float64,
    )
    shared = torch.randn(1, 6, 5, dtype=torch.float64).expand(3, 6, 5)
    results = []
    for backend in ("interpret", "torch"):
        own = [one.detach().requires_grad_() for one in (query, shared)]
        context, weights = luong_attention(*own, backend=backend)
        results.append(torch.autograd.grad(context.sum() + weights[:, 0].sum(), own))
    assert_close(results[0], results[1], torch.float64)


def test_an_empty_batch_is_an_empty_result() -> None:
    tensors = sample((0, 4, 5, None), torch.float32)
    assert [one.shape for one in backprop(tensors, "interpret")] == [(0, 5), (0, 4), (0, 5), (0, 4, 5)]


@pytest.mark.parametrize("values", [True, False])
def test_gradients_against_differences(values: bool) -> None:
    tensors = [one.requires_grad_() for one in sample((3, 5, 4, 3 if values else None), torch.float64)]
    lengths = torch.tensor([5, 3, 0])

    def call(*own: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        return luong_attention(*own, lengths=lengths, scale=0.8, backend="interpret")

    assert torch.autograd.gradcheck(call, tensors, fast_mode=True)


def test_a_second_gradient_is_refused_and_pytorchs_way_has_one() -> None:
    q, k = (one.requires_grad_() for one in sample((2, 4, 3, None), torch.float64))
    with pytest.raises(RuntimeError, match="use backend='torch'"):
        torch.autograd.grad(luong_attention(q, k, backend="interpret")[0].sum(), q, create_graph=True)
    assert torch.autograd.gradgradcheck(lambda *a: luong_attention(*a, backend="torch"), (q, k))


def test_pytorch_finds_the_operations_well_formed(checks: tuple[str, ...]) -> None:
    lengths = torch.tensor([4, 0])
    for shape in ((2, 6, 5, 3), (2, 6, 5, None)):
        q, k, *rest = sample(shape, torch.float32)
        v = rest[0] if rest else None
        opcheck(forward, (q, k, v, lengths, 1.0), test_utils=checks)
        context, weights, *saved = forward(q, k, v, lengths, 1.0)
        for cotangents in ((context, weights), (context, None), (None, weights)):
            opcheck(
                backward, (*cotangents, q, k, v, lengths, *saved, 1.0, [True, False, v is not None]), test_utils=checks
            )


def test_it_compiles_as_one_graph(compiler: str) -> None:
    lengths = torch.tensor([4, 0, 6])

    def step(q: torch.Tensor, k: torch.Tensor) -> torch.Tensor:
        return torch.cat(luong_attention(q * 2, k, lengths=lengths, backend="interpret"), 1).sin()

    results = []
    tensors = sample((3, 6, 5, None), torch.float32)
    for run in (step, torch.compile(step, fullgraph=True, backend=compiler)):
        own = [one.detach().requires_grad_() for one in tensors]
        y = run(*own)
        results.append([y, *torch.autograd.grad(y, own, torch.arange(y.numel()).reshape(y.shape).sin())])
    assert_close(results[1], results[0], torch.float32)


def test_autocast_has_both_results_in_its_dtype() -> None:
    tensors = sample((3, 11, 20, None), torch.float32)
    with torch.autocast("cpu", torch.bfloat16):
        ours, theirs = (luong_attention(*tensors, backend=backend) for backend in ("interpret", "torch"))
    assert [one.dtype for one in (*ours, *theirs)] == [torch.bfloat16] * 4
    assert_close(ours, luong_attention(*(one.double() for one in tensors)), torch.bfloat16)


def test_asking_by_name_says_what_is_missing() -> None:
    q, k = sample((1, 2, 1025, None), torch.float32)
    with pytest.raises(kernels.BackendError, match="a state is 1025 wide, and our kernel goes to 1024"):
        luong_attention(q, k, backend="interpret")
    with pytest.raises(kernels.BackendError, match="there are no states"):
        luong_attention(q[:, :5], k[:, :0, :5], backend="interpret")


@pytest.mark.parametrize("least", [16, 1], ids=["whole", "split"])
def test_a_first_block_of_scores_that_are_all_minus_infinity_leaves_the_others(
    least: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kernels.launch import luong as launch

    monkeypatch.setattr(launch, "TILE", 2)
    monkeypatch.setattr(launch, "LEAST", least)
    # the finite scores are of the size 1: a weight of nearly 1 leaves gradients that are rounding alone
    q, k = torch.full((2, 8), 0.3), torch.randn(2, 60, 8)
    k[0, :16] = k[1] = -3e38
    tensors = [q, k, torch.randn(2, 60, 3)]
    results = []
    for backend, dtype in (("interpret", torch.float32), ("torch", torch.float32), ("torch", torch.float64)):
        own = [one.to(dtype).requires_grad_() for one in tensors]
        context, weights = luong_attention(*own, backend=backend)
        results.append([context, weights, *torch.autograd.grad(context[0].sum(), own)])
    # in float32 the second sequence has no finite score: there is no softmax, and neither hides it
    assert all(torch.isnan(one[1]).all() for result in results[:2] for one in result[:2])
    ours, theirs, expected = ([one[0] for one in result] for result in results)
    assert_close(ours, expected, torch.float32, by_torch=theirs)


@pytest.mark.parametrize("width", [None, 3], ids=["states", "values"])
def test_a_result_may_be_changed_in_place_before_its_gradient_is_taken(width: int | None) -> None:
    results = []
    for backend in ("interpret", "torch"):
        torch.manual_seed(1)
        own = [one.requires_grad_() for one in sample((2, 6, 5, width), torch.float64)]
        context, _ = luong_attention(*own, backend=backend)
        results.append(torch.autograd.grad(context.mul_(2.0).sin().sum(), own))
    assert_close(results[0], results[1], torch.float64)
