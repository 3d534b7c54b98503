"""Luong's attention where several programs share a sequence, interpreted, against PyTorch in float64."""

from __future__ import annotations

import itertools
import statistics
from typing import Any

import pytest
import torch

from kernels import luong_attention
from kernels.launch import luong as launch
from kernels.launch.launch import Launch
from tests.kernels.interpreted.test_interpreted_luong import USES, backprop, sample
from tests.kernels.measure import DTYPES, allowed, assert_close, poisoned, relative_error

SHAPES = {(3, 29, 9, None): (16, 2), (3, 27, 17, 3): (12, 3), (2, 32, 5, 9): (8, 4)}
"""How many states a split then has, and how many splits there are; the last one is full only in the last shape."""
LENGTHS = (None, [27, 17, 0], [16, 5, 1])
"""All states; into a later split, and none; to the end of one, into the first, and one."""


@pytest.fixture(autouse=True)
def split(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launch, "TILE", 4)
    monkeypatch.setattr(launch, "LEAST", 1)


def ends(lengths: list[int] | None, batch: int) -> dict[str, Any]:
    return {} if lengths is None else {"lengths": torch.tensor(lengths[:batch])}


def splits(*tensors: torch.Tensor) -> tuple[int, int]:
    q, k, *v = tensors
    return launch.LuongInputs(q, k, v[0] if v else None, None, 1.0)._split()


@pytest.mark.parametrize("use", USES)
@pytest.mark.parametrize("dtype", DTYPES, ids=str)
@pytest.mark.parametrize("full", [False, pytest.param(True, marks=pytest.mark.slow)], ids=["sample", "full"])
def test_context_weights_and_gradients(dtype: torch.dtype, use: str, full: bool, nan_filled: None) -> None:
    shapes, every = [*SHAPES], [*LENGTHS]
    if not full:  # every shape has a turn with every kind of lengths
        one, other = DTYPES.index(dtype), USES.index(use)
        shapes, every = [shapes[(one + other) % 3]], [LENGTHS[(one + 2 * other) % 3]]
    for shape in shapes:
        for lengths in every:
            tensors = [poisoned(one) for one in sample(shape, dtype)]
            assert splits(*tensors) == SHAPES[shape]
            named: dict[str, Any] = {"use": use, "scale": 0.7, **ends(lengths, shape[0])}
            got, again = (backprop(tensors, "interpret", **named) for _ in range(2))
            expected = backprop(tensors, "torch", torch.float64, **named)
            assert_close(got, expected, dtype, (shape, lengths), backprop(tensors, "torch", **named))
            assert all(torch.equal(one, other) for one, other in zip(got, again, strict=True))


@pytest.mark.parametrize(("states", "expected"), [(1, 1), (31, 1), (32, 2), (33, 2), (63, 2), (64, 4), (145, 5)])
def test_any_number_of_states(states: int, expected: int) -> None:
    tensors = sample((1, states, 8, None), torch.float64)
    assert splits(*tensors)[1] == expected
    assert_close(backprop(tensors, "interpret"), backprop(tensors, "torch"), torch.float64)


@pytest.mark.parametrize("dtype", [torch.float32, pytest.param(torch.float64, marks=pytest.mark.slow)], ids=str)
def test_where_one_state_has_nearly_all_the_weight_the_gradient_is_no_worse_than_pytorchs(
    dtype: torch.dtype, monkeypatch: pytest.MonkeyPatch
) -> None:
    query, states = sample((64, 32, 32, None), dtype)
    tensors = [20 * query, states]
    monkeypatch.setattr(launch, "TILE", 16)
    monkeypatch.setattr(launch, "multiprocessors", lambda device: 64)
    assert splits(*tensors) == (16, 2)
    ours, theirs = (backprop(tensors, backend, use="context") for backend in ("interpret", "torch"))
    expected = backprop(tensors, "torch", torch.float64, use="context")
    for one, other, right in zip(ours, theirs, expected, strict=True):
        errors = [statistics.median(relative_error(way[b], right[b]) for b in range(64)) for way in (one, other)]
        assert errors[0] <= allowed(dtype, errors[1], 1.0), errors


@pytest.mark.parametrize("width", [None, 4], ids=["states", "values"])
def test_what_lies_beyond_a_sequence_is_not_looked_at(width: int | None) -> None:
    tensors = sample((3, 30, 9, width), torch.float64)
    lengths = torch.tensor([30, 16, 3])
    clean = backprop(tensors, "interpret", lengths=lengths)
    for one in tensors[1:]:
        one[1, 16:] = one[2, 3:] = float("nan")
    dirty = backprop(tensors, "interpret", lengths=lengths)
    assert all(torch.equal(one, other) for one, other in zip(clean, dirty, strict=True))
    assert not dirty[3][1, 16:].any() and not dirty[3][2, 3:].any()


def test_strides_of_any_kind() -> None:
    states = torch.randn(29, 3, 18, dtype=torch.float64).transpose(0, 1)[..., ::2]
    query = torch.randn(9, 3, dtype=torch.float64).t() / 3
    shared = torch.randn(1, 29, 9, dtype=torch.float64).expand(3, 29, 9)
    values = torch.randn(3, 5, 29, dtype=torch.float64).transpose(1, 2)
    for tensors in ([query, states], [query, shared], [query, states, values]):
        assert splits(*tensors)[1] == 2
        results = []
        for backend in ("interpret", "torch"):
            own = [one.detach().requires_grad_() for one in tensors]
            context, weights = luong_attention(*own, backend=backend)
            # cotangents that are expanded, and every other number of a larger tensor
            used = context.sum() + (weights * torch.arange(58.0, dtype=torch.float64)[::2]).sum()
            results.append(torch.autograd.grad(used, own))
        assert_close(results[0], results[1], torch.float64)


@pytest.mark.parametrize("values", [True, False])
def test_gradients_against_differences(values: bool) -> None:
    tensors = [one.requires_grad_() for one in sample((3, 20, 17, 3 if values else None), torch.float64)]
    lengths = torch.tensor([20, 9, 0])
    assert splits(*tensors) == (8, 3)

    def call(*own: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        return luong_attention(*own, lengths=lengths, scale=0.8, backend="interpret")

    assert torch.autograd.gradcheck(call, tensors, fast_mode=True)


@pytest.mark.parametrize("width", [None, 3], ids=["states", "values"])
def test_only_what_is_asked_for_is_launched(width: int | None, monkeypatch: pytest.MonkeyPatch) -> None:
    tensors = sample((1, 64, 8, width), torch.float64)
    launched: list[tuple[str, tuple[int, ...]]] = []
    run = Launch.run

    def counted(one: Launch) -> None:
        launched.append((one.kernel.__name__, one.grid))
        run(one)

    monkeypatch.setattr(Launch, "run", counted)
    whole = backprop(tensors, "interpret")[2:]
    for wanted in itertools.product((True, False), repeat=len(tensors)):
        if not any(wanted):
            continue
        own = [one.detach().requires_grad_(asked) for one, asked in zip(tensors, wanted, strict=True)]
        results = luong_attention(*own, backend="interpret")
        cotangents = [torch.sin(torch.arange(one.numel()).double()).reshape(one.shape) for one in results]
        launched.clear()
        torch.autograd.backward(results, cotangents)
        for one, right in zip(own, whole, strict=True):
            assert one.grad is None or torch.equal(one.grad, right)
        # the gradient of the values waits for no sum; that of the query is the sum of a sequence
        first = [("attend_once_gradient", (1, 4))] if any(wanted[:2]) else []
        assert launched == [*first, ("join_gradients", (1, 4) if any(wanted[1:]) else (1,))]
