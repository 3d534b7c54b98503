"""What a call computes is counted by operation and shape, and a division by nearly 0 is noticed, and held up."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
import torch

from grader.sandbox import work
from grader.sandbox.work import HELD, SLIP, SPENT, Work
from grader.spec import operations

X = torch.linspace(1.0, 2.0, 7)


def heard(run: Callable[[], object], *, held: bool = False) -> Work:
    counter = Work(held=held)
    with counter:
        run()
    return counter


def test_a_lifted_operation_and_a_loop_are_told_apart() -> None:
    lifted, looped = (heard(run).told() for run in (lambda: X / X, lambda: [X[i] / X[i] for i in range(7)]))
    assert operations(lifted, "div", where=lambda shapes: [7] in shapes) == 1
    assert operations(looped, "div", where=lambda shapes: [7] in shapes) == 0
    assert operations(looped, "div", where=lambda shapes: [] in shapes) == 7
    assert operations(looped, "select") == 14 and operations(lifted) == 1


def test_operations_of_a_backward_pass_and_of_lists_count() -> None:
    def step() -> None:
        weight = torch.ones(7, requires_grad=True)
        torch.stack([weight * X, weight]).sum().backward()

    told = heard(step).told()
    assert operations(told, "stack", where=lambda shapes: shapes == [[7], [7]]) == 1
    assert operations(told, "mul", where=lambda shapes: shapes == [[7], [7]]) == 2, "one forwards, one backwards"


@pytest.mark.parametrize(
    ("run", "slips"),
    [
        (lambda y: X / (y - y), 1),
        (lambda y: 1 / (y * 1e-12), 1),
        (lambda y: (y * 1e-12) ** -1, 1),
        (lambda y: y / 1e-12, 1),
        (lambda y: X / y, 0),
        (lambda y: (y * 1e-12) ** 2, 0),
        (lambda y: y / 7, 0),
        (lambda y: torch.arange(3) // torch.arange(1, 4), 0),
    ],
)
def test_a_division_by_nearly_0_is_noticed(run: Callable[[torch.Tensor], object], slips: int) -> None:
    assert operations(heard(lambda: run(X)).told(), SLIP, where=lambda shapes: True) == slips


def test_it_is_held_up_where_that_is_asked_for() -> None:
    began = time.perf_counter()
    heard(lambda: X / (X - X), held=True)
    assert time.perf_counter() - began >= HELD


def test_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "HELD_IN_ALL", 1.5 * HELD)
    counter = heard(lambda: [X / (X - X) for _ in range(5)], held=True)
    assert counter.counts[SPENT, ()] == 3 and counter.spent == pytest.approx(2 * HELD)


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work, "KINDS", 3)
    assert len(heard(lambda: [torch.ones(n) + 1 for n in range(9)]).told()) == 3
