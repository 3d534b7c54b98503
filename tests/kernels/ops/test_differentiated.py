"""A call whose gradient is wanted is made again by its `autograd.Function` alone, where that is all that it does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import torch

pytest.importorskip("triton", reason="Triton has no build for this machine")

from kernels.bench.stub_driver import stubbed
from kernels.ops.differentiated import differentiable
from kernels.ops.planned import Planned


class Weighted(torch.autograd.Function):
    """x · factor + 2 · other, and a second result without a gradient."""

    @staticmethod
    def forward(ctx: Any, x: torch.Tensor, factor: float, other: torch.Tensor | None) -> tuple[torch.Tensor, ...]:
        ctx.factor = factor
        y = x * factor + (0 if other is None else 2 * other)
        ctx.mark_non_differentiable(kept := y + 1)
        return y, kept

    @staticmethod
    def backward(ctx: Any, dy: torch.Tensor, _: torch.Tensor | None) -> tuple[torch.Tensor | None, ...]:
        return dy * ctx.factor, None, 2 * dy if ctx.needs_input_grad[2] else None


Function = Callable[..., Any]


@pytest.fixture
def counted() -> Iterator[Callable[[Function], tuple[Planned, list[int]]]]:
    """Makes a planned function of one that is counted each time it is called the long way."""

    def make(function: Function) -> tuple[Planned, list[int]]:
        calls: list[int] = []

        def run(*arguments: Any) -> Any:
            calls.append(1)
            return function(*arguments)

        return Planned(run, ("x", "other"), ("y",)), calls

    with stubbed():
        yield make


def one(x: torch.Tensor, other: torch.Tensor | None, factor: float) -> torch.Tensor:
    found: torch.Tensor = differentiable(Weighted, x, factor, other)[0]
    return found


def both(x: torch.Tensor, other: torch.Tensor | None, factor: float) -> Any:
    return differentiable(Weighted, x, factor, other)


def leaf(value: float) -> torch.Tensor:
    return torch.full((3,), value, requires_grad=True)


def test_the_next_call_differentiates_its_own_tensors(counted: Any) -> None:
    run, calls = counted(one)
    for value in (1.0, 4.0, 5.0):
        x, other = leaf(value), leaf(value + 1)
        y = run(x, other, 3.0)
        assert y.tolist() == [3 * value + 2 * (value + 1)] * 3 and type(y) is torch.Tensor
        assert [grad.tolist() for grad in torch.autograd.grad(y.sum(), [x, other])] == [[3.0] * 3, [2.0] * 3]
    assert len(calls) == 1


def test_several_results_stay_several(counted: Any) -> None:
    run, calls = counted(both)
    for _ in range(2):
        y, kept = run(leaf(1.0), None, 3.0)
        assert y.requires_grad and not kept.requires_grad and kept.tolist() == [4.0] * 3
    assert len(calls) == 1


def test_which_gradients_are_wanted_and_options_make_other_kinds(counted: Any) -> None:
    run, calls = counted(one)
    kinds: list[tuple[Any, ...]] = [
        (leaf(1.0), leaf(2.0), 3.0),
        (leaf(1.0), leaf(2.0).detach(), 3.0),
        (leaf(1.0).detach(), leaf(2.0), 3.0),
        (leaf(1.0), None, 3.0),
        (leaf(1.0), leaf(2.0), 4.0),
    ]
    for _ in range(2):
        for x, other, factor in kinds:
            wanted = [tensor for tensor in (x, other) if tensor is not None and tensor.requires_grad]
            assert len(torch.autograd.grad(run(x, other, factor).sum(), wanted)) == len(wanted)
    assert len(calls) == len(kinds)
    with torch.no_grad():
        assert not run(*kinds[0]).requires_grad
    assert len(calls) == len(kinds) + 1


def test_what_was_kept_without_gradients_is_not_used_where_they_are_wanted(counted: Any) -> None:
    run, calls = counted(one)
    for differentiated in (False, True, False, True):
        with torch.set_grad_enabled(differentiated):
            assert run(leaf(1.0), leaf(2.0), 3.0).requires_grad is differentiated
    assert len(calls) == 3  # without gradients it starts no kernel


def test_a_tensor_given_twice_has_both_gradients(counted: Any) -> None:
    run, calls = counted(one)
    for _ in range(2):
        x = leaf(1.0)
        assert torch.autograd.grad(run(x, x, 3.0).sum(), x)[0].tolist() == [5.0] * 3
    assert len(calls) == 1


def copies(x: torch.Tensor, other: torch.Tensor | None, factor: float) -> torch.Tensor:
    return one(x.clone(), other, factor)


def views(x: torch.Tensor, other: torch.Tensor | None, factor: float) -> torch.Tensor:
    return one(x.view(3), other, factor)


def continues(x: torch.Tensor, other: torch.Tensor | None, factor: float) -> torch.Tensor:
    return one(x, other, factor) + 1


def applies_twice(x: torch.Tensor, other: torch.Tensor | None, factor: float) -> torch.Tensor:
    one(x, None, factor)
    return one(x, other, factor)


def applies_another(x: torch.Tensor, other: torch.Tensor | None, factor: float) -> torch.Tensor:
    y = one(x, other, factor)
    one(x, None, factor)
    return y


def turns(x: torch.Tensor, other: torch.Tensor | None, factor: float) -> Any:
    return both(x, other, factor)[::-1]


def gives_the_second(x: torch.Tensor, other: torch.Tensor | None, factor: float) -> Any:
    return both(x, other, factor)[1]


def applies_nothing(x: torch.Tensor, other: torch.Tensor | None, factor: float) -> torch.Tensor:
    return x * factor


@pytest.mark.parametrize(
    "function", [copies, views, continues, applies_twice, applies_another, turns, gives_the_second, applies_nothing]
)
def test_what_does_more_is_done_the_long_way(counted: Any, function: Function) -> None:
    run, calls = counted(function)
    found = [run(leaf(1.0), leaf(2.0), 3.0) for _ in range(3)]
    assert len(calls) == 3
    assert str(found[0]) == str(found[2])


def test_a_transformation_at_work_is_not_passed_over(counted: Any) -> None:
    run, calls = counted(one)
    x = leaf(1.0)
    run(x, None, 3.0)
    with pytest.raises(RuntimeError, match="functorch transforms"):
        torch.func.vmap(lambda z: z + run(x, None, 3.0))(torch.zeros(2, 3))
    assert len(calls) == 2
