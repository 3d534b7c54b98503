"""What is kept of a call is used for calls of its kind only: each thing that a kernel depends on makes another kind."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from functools import partial
from types import SimpleNamespace
from typing import Any

import pytest
import torch

pytest.importorskip("triton", reason="Triton has no build for this machine")

import triton

from kernels.bench.stub_driver import StubDriver, stubbed
from kernels.launch import plan as plans
from kernels.launch.launch import Launch
from kernels.ops.planned import MOST, Planned
from kernels.types import precision


class Kernel:
    """Stands in for a compiled kernel: counts how often it was started the long way, and lists with what the quick."""

    arg_names = ("x", "other", "y", "room", "scale", "SIZE")

    def __init__(self) -> None:
        self.long = 0
        self.quick: list[tuple[Any, ...]] = []
        self.pre_run_hooks: list[Any] = []
        self.compiled = SimpleNamespace(
            run=lambda *arguments: self.quick.append(arguments), function="function", packed_metadata="metadata"
        )

    def __getitem__(self, grid: tuple[int, ...]) -> Callable[..., Any]:
        def start(**_: Any) -> Any:
            self.long += 1
            return self.compiled

        return start


Function = Callable[..., Any]


def call(kernel: Kernel, x: torch.Tensor, other: torch.Tensor | None = None, scale: float = 1.0) -> torch.Tensor:
    y, room = torch.empty_like(x), x.new_empty(5)
    named = {"x": x, "other": other, "y": y, "room": room, "scale": scale}
    Launch(kernel, (3,), named, {"SIZE": 8}).run()
    return y


@pytest.fixture
def stub() -> Iterator[StubDriver]:
    with stubbed() as found:
        yield found


@pytest.fixture
def kernel(stub: StubDriver) -> Kernel:
    return Kernel()


def planned(kernel: Kernel, function: Function = call, **how: Any) -> Planned:
    return Planned(
        lambda *given: function(kernel, *given),
        ("x", "other"),
        ("y",),
        ("room",),
        state=precision.state_of_products,
        **how,
    )


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
    kept = [one for plan in run.kept.values() for start in plan.starts for one in start.arguments]
    assert not any(torch.is_tensor(one) for one in kept)  # which would hold its memory


def test_one_tensor_given_twice_is_not_taken_for_two(kernel: Kernel) -> None:
    run, x, other = planned(kernel), torch.zeros(4), torch.ones(4)
    run(x, x, 1.0)
    run(x, other, 1.0)
    assert kernel.quick[0][9] is x and kernel.quick[0][10] is other


def unaligned(size: int) -> torch.Tensor:
    return torch.zeros(size + 1)[1:]


class Subclass(torch.Tensor):
    pass


X = torch.zeros(4, 4)
OTHERS: dict[str, tuple[Any, ...]] = {
    "shape": (torch.zeros(2, 4), X, 1.0),
    "strides": (X.t(), X, 1.0),
    "dtype": (X.half(), X, 1.0),
    "place of the first": (unaligned(16).view(4, 4), X, 1.0),
    "place of the second": (X, unaligned(16).view(4, 4), 1.0),
    "strides of the second": (X, torch.zeros(4).expand(4, 4), 1.0),
    "dtype of the second": (X, X.double(), 1.0),
    "one that is missing": (X, None, 1.0),
    "an option": (X, X, 2.0),
    "gradient": (X.clone().requires_grad_(), X, 1.0),
    "gradient of the second": (X, X.clone().requires_grad_(), 1.0),
    "negative bit": (torch._neg_view(X), X, 1.0),
    "zeros without memory": (X, torch._efficientzerotensor((4, 4)), 1.0),
    "subclass": (X.as_subclass(Subclass), X, 1.0),
    "device": (X, X.to("meta"), 1.0),
    "layout": (X, torch.eye(4).to_sparse(), 1.0),
    "options that cannot be compared": (X, X, [1.0]),
}


@pytest.mark.parametrize("what", OTHERS)
def test_another_kind_of_call_is_made_the_long_way(kernel: Kernel, what: str) -> None:
    run = planned(kernel)
    run(X, X, 1.0)
    run(*OTHERS[what])
    assert kernel.long == 2 and not kernel.quick
    run(X, X, 1.0)
    assert len(kernel.quick) == 1


def test_tensors_are_known_by_their_place_among_those_that_are_missing(kernel: Kernel) -> None:
    run = Planned(lambda x, other, more: call(kernel, x, other), ("x", "other", "more"), ("y",), ("room",))
    run(X, None, X)
    run(X, X, None)
    assert len(run.kept) == 2


@pytest.mark.parametrize("which", [0, 1])
def test_another_gpu_is_another_kind(kernel: Kernel, which: int, monkeypatch: pytest.MonkeyPatch) -> None:
    run, tensors = planned(kernel), (X, X.clone())
    run(*tensors, 1.0)
    monkeypatch.setattr(torch.Tensor, "get_device", lambda one: 0 if one is tensors[which] else -1)
    run(*tensors, 1.0)
    assert kernel.long == 2 and not kernel.quick


def test_where_nothing_is_differentiated_a_parameter_is_a_tensor(kernel: Kernel) -> None:
    run, weight = planned(kernel), torch.nn.Parameter(X.clone())
    with torch.no_grad():
        run(X, X, 1.0)
        assert not run(weight, X, 1.0).requires_grad
    assert (kernel.long, len(kernel.quick)) == (1, 1)


@contextlib.contextmanager
def flag(holder: Any, name: str, value: Any) -> Iterator[None]:
    before = getattr(holder, name)
    setattr(holder, name, value)
    try:
        yield
    finally:
        setattr(holder, name, before)


class Mode(torch.utils._python_dispatch.TorchDispatchMode):
    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        return func(*args, **(kwargs or {}))


AT_WORK: dict[str, Callable[[], contextlib.AbstractContextManager[Any]]] = {
    "autocast": lambda: torch.autocast("cpu"),
    "profiler": lambda: torch.autograd.profiler.profile(),
    "forward-mode differentiation": torch.autograd.forward_ad.dual_level,
    "dispatch mode": Mode,
    "precision": lambda: flag(torch.backends.cuda.matmul, "fp32_precision", "tf32"),
    "precision of all": lambda: flag(torch.backends, "fp32_precision", "tf32"),
    "hook before": lambda: flag(triton.knobs.runtime, "launch_enter_hook", lambda metadata: None),
    "hook behind": lambda: flag(triton.knobs.runtime, "launch_exit_hook", lambda metadata: None),
    "debugging": lambda: flag(triton.knobs.runtime, "debug", True),
    "instruments": lambda: flag(triton.knobs.compilation, "instrumentation_mode", "fpsan"),
}


@pytest.mark.parametrize("what", AT_WORK)
def test_what_is_at_work_is_not_passed_over(kernel: Kernel, what: str) -> None:
    run = planned(kernel)
    run(X, X, 1.0)
    with AT_WORK[what]():
        run(X, X, 1.0)
    assert kernel.long == 2 and not kernel.quick
    run(X, X, 1.0)
    assert len(kernel.quick) == 1


CUDNN: Any = torch.backends.cudnn


@pytest.mark.parametrize("holder", [CUDNN.conv, CUDNN, torch.backends])
def test_precision_of_convolutions_is_seen_whoever_says_it(holder: Any) -> None:
    found = {precision.of_convolutions(): precision.state_of_convolutions()}
    for value in ("ieee", "tf32"):
        with flag(CUDNN.conv, "fp32_precision", "none"), flag(holder, "fp32_precision", value):
            found[precision.of_convolutions()] = precision.state_of_convolutions()
    assert len(found) == 2 == len(set(found.values()))


def test_transformations_and_traces_are_not_passed_over(kernel: Kernel) -> None:
    run = planned(kernel)
    run(X[0], X[0], 1.0)
    torch.func.vmap(lambda x: run(x, X[0], 1.0))(X)
    torch.func.vmap(lambda x: x + run(X[0], X[0], 1.0))(X)  # nothing of it is seen on the tensors
    torch.jit.trace(lambda x: run(x, X[0], 1.0), X[0], check_trace=False)
    assert kernel.long == 4 and not kernel.quick and len(run.kept) == 1


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


def test_memory_is_filled_where_pytorch_would_fill_it(kernel: Kernel, nan_filled: None) -> None:
    run = planned(kernel)
    assert all(run(X, X, 1.0).isnan().all() for _ in range(2)) and len(kernel.quick) == 1


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
    assert (kernel.long, len(kernel.quick)) == (2, 1) and None not in outer.kept.values()


def test_what_is_kept_has_an_end(kernel: Kernel) -> None:
    run = planned(kernel)
    run.kept = dict.fromkeys(((number,) for number in range(MOST)), None)
    run(X, X, 1.0)
    assert len(run.kept) == 1


def test_results_keep_their_strides() -> None:
    for one in (torch.zeros(2, 3, 4).transpose(1, 2), torch.zeros(2, 3), torch.zeros(0, 3), torch.zeros(4, 2)[:, :1]):
        found = plans.room_like(one)()
        assert found.shape == one.shape and found.stride() == one.stride() and found.dtype == one.dtype
