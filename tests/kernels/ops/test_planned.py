"""What is kept of a call makes the next of its kind, on tensors of its own."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from functools import partial

import pytest
import torch

pytest.importorskip("triton", reason="Triton has no build for this machine")

from kernels.bench.stub_driver import StubDriver, stubbed
from kernels.launch import plan as plans
from kernels.launch.launch import Launch
from kernels.ops import planned as planned_module
from kernels.ops.planned import MOST, Planned
from tests.kernels.stand_in_kernel import Function, Kernel, call, planned

X, Y = torch.zeros(4, 4), torch.zeros(4, 4)


@pytest.fixture
def stub() -> Iterator[StubDriver]:
    with stubbed() as found:
        yield found


@pytest.fixture
def kernel(stub: StubDriver) -> Kernel:
    return Kernel()


def test_the_next_call_starts_the_kernel_on_its_own_tensors(kernel: Kernel) -> None:
    run, tensors = planned(kernel), [torch.zeros(2, 3) for _ in range(3)]
    results = [run(one, None, 0.5) for one in tensors]
    assert kernel.long == 1 and len(kernel.quick) == 2
    for found, x, y in zip(kernel.quick, tensors[1:], results[1:], strict=True):
        *start, first, other, second, room, scale, size = found
        assert start == [3, 1, 1, 0, "function", "metadata", None, None, None]
        assert first is x and second is y and (other, scale, size) == (None, 0.5, 8)
        assert y.shape == x.shape and y.stride() == x.stride() and room.shape == (5,)
    assert len({one.data_ptr() for one in results}) == 3
    gone = [weakref.ref(one) for one in tensors]
    del tensors, results, found, x, y, room, start, first, second
    kernel.quick.clear()
    assert not any(one() for one in gone)  # what is kept holds no memory


def test_one_tensor_given_twice_is_not_taken_for_two(kernel: Kernel) -> None:
    run, x, other = planned(kernel), torch.zeros(4), torch.ones(4)
    for pair in ((x, x), (x, other), (other, other), (other, x)):
        run(*pair, 1.0)
    assert kernel.long == 2 and [[*map(id, one[9:11])] for one in kernel.quick] == [[id(other)] * 2, [id(other), id(x)]]
    thrice = Planned(lambda x, other, more: call(kernel, x, other), ("x", "other", "more"), ("y",), ("room",))
    for three in ((x, x, other), (x, other, x), (x, other, other)):
        thrice(*three)
    assert len(thrice.kept) == 3


def test_each_call_goes_to_the_stream_that_is_current(
    kernel: Kernel, stub: StubDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = planned(kernel)
    for stream in (0, 5, 6):
        monkeypatch.setattr(stub, "get_current_stream", {0: stream}.get)
        run(X, X, 1.0)
    assert [one[3] for one in kernel.quick] == [5, 6]


def test_another_current_gpu_is_gone_to_the_long_way(
    kernel: Kernel, stub: StubDriver, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = planned(kernel)
    for device in (0, 1, 0):
        monkeypatch.setattr(stub, "get_current_device", partial(int, device))
        run(X, X, 1.0)
    assert (kernel.long, len(kernel.quick)) == (2, 1)


def test_another_driver_is_asked_itself(kernel: Kernel) -> None:
    run = planned(kernel)
    run(X, X, 1.0)
    kept = dict(run.kept)
    with stubbed():
        run.kept.update(kept)
        run(X, X, 1.0)
    assert kernel.long == 2 and not kernel.quick and not run.kept


def test_memory_is_filled_where_pytorch_would_fill_it(kernel: Kernel, request: pytest.FixtureRequest) -> None:
    run = planned(kernel)
    run(X, Y, 1.0)
    request.getfixturevalue("nan_filled")
    assert all(run(X, Y, 1.0).isnan().all() for _ in range(2)) and not kernel.quick


def copied(kernel: Kernel, x: torch.Tensor, other: torch.Tensor | None, scale: float) -> torch.Tensor:
    return call(kernel, x.clone(), other, scale)


def changed(kernel: Kernel, x: torch.Tensor, other: torch.Tensor | None, scale: float) -> torch.Tensor:
    return call(kernel, x, other, scale) * 2


def strange(kernel: Kernel, x: torch.Tensor, other: torch.Tensor | None, scale: float) -> torch.Tensor:
    kernel.arg_names = ("x", "unknown", "y", "room", "scale", "SIZE")
    y = call(kernel, x, other, scale)
    Launch(kernel, (3,), {"unknown": torch.zeros(3)}).run()
    kernel.long -= 1
    return y


def beside(kernel: Kernel, x: torch.Tensor, other: torch.Tensor | None, scale: float) -> torch.Tensor:
    Launch(kernel, (3,), {"x": x, "other": other, "y": None, "room": None, "scale": scale}).run()
    return torch.zeros_like(x)


def idle(kernel: Kernel, x: torch.Tensor, other: torch.Tensor | None, scale: float) -> torch.Tensor:
    kernel.long += 1
    return torch.zeros_like(x)


@pytest.mark.parametrize("function", [copied, changed, strange, beside, idle])
def test_a_call_that_does_more_than_start_kernels_is_never_kept(kernel: Kernel, function: Function) -> None:
    run = planned(kernel, function)
    run(X, None, 1.0)
    run(X, None, 1.0)
    assert kernel.long == 2 and not kernel.quick


def test_a_triton_that_was_never_tried_goes_the_long_way(kernel: Kernel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plans, "KNOWN", ("3.1",))
    run = planned(kernel)
    run(X, X, 1.0)
    run(X, X, 1.0)
    assert kernel.long == 2


def test_a_kernel_with_hooks_of_its_own_goes_the_long_way(kernel: Kernel) -> None:
    run = planned(kernel)
    kernel.pre_run_hooks.append(print)
    run(X, X, 1.0)
    run(X, X, 1.0)
    assert kernel.long == 2


def test_what_is_made_of_calls_that_are_kept_is_kept_as_well(kernel: Kernel) -> None:
    inner = planned(kernel)
    outer = Planned(lambda x: inner(x, None, 1.0), ("x",), ("y",), ("room",))
    inner(X, None, 1.0)
    outer(X)
    outer(X)
    assert (kernel.long, len(kernel.quick)) == (2, 1)


def test_recordings_within_another_leave_it_its_launches(kernel: Kernel) -> None:
    with plans.recording() as outer:
        for _ in range(2):
            with plans.recording() as inner:
                call(kernel, X)
    assert (len(outer), len(inner)) == (2, 1)


def test_without_guards_calls_go_the_long_way(kernel: Kernel, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planned_module, "_Guards", None)
    run = planned(kernel)
    run(X, Y, 1.0)
    run(X, Y, 1.0)
    assert kernel.long == 2


def test_what_is_kept_has_an_end(kernel: Kernel) -> None:
    run = planned(kernel)
    for number in (0.0, 1.0, 2.0):
        run(X, Y, number)
        run.kinds = max(run.kinds, MOST - 1)
    assert len(run.kept) == 1 and run.kinds == MOST - 1


def test_results_keep_their_strides() -> None:
    for one in (torch.zeros(2, 3, 4).transpose(1, 2), torch.zeros(2, 3), torch.zeros(0, 3), torch.zeros(4, 2)[:, :1]):
        make, *how = plans.room_like(one)
        found = make(*how)
        assert found.shape == one.shape and found.stride() == one.stride() and found.dtype == one.dtype
