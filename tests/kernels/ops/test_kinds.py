"""Each thing that a kernel depends on makes another kind of call, and no kind uses what was kept of another."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import torch

pytest.importorskip("triton", reason="Triton has no build for this machine")

import triton

from kernels.bench.stub_driver import stubbed
from kernels.ops import planned as planned_module
from kernels.ops.planned import Planned
from kernels.types import precision
from tests.kernels.stand_in_kernel import Kernel, call, planned


@pytest.fixture
def kernel() -> Iterator[Kernel]:
    with stubbed():
        yield Kernel()


def unaligned(size: int) -> torch.Tensor:
    return torch.zeros(size + 1)[1:]


class Subclass(torch.Tensor):
    pass


X, Y = torch.zeros(4, 4), torch.zeros(4, 4)
OTHERS: dict[str, tuple[Any, ...]] = {
    "shape": (torch.zeros(2, 4), Y, 1.0),
    "strides": (X.t(), Y, 1.0),
    "dtype": (X.half(), Y, 1.0),
    "place of the first": (unaligned(16).view(4, 4), Y, 1.0),
    "place of the second": (X, unaligned(16).view(4, 4), 1.0),
    "strides of the second": (X, torch.zeros(4).expand(4, 4), 1.0),
    "dtype of the second": (X, X.double(), 1.0),
    "one that is missing": (X, None, 1.0),
    "an option": (X, Y, 2.0),
    "gradient": (X.clone().requires_grad_(), Y, 1.0),
    "gradient of the second": (X, X.clone().requires_grad_(), 1.0),
    "negative bit": (torch._neg_view(X), Y, 1.0),
    "zeros without memory": (X, torch._efficientzerotensor((4, 4)), 1.0),
    "subclass": (X.as_subclass(Subclass), Y, 1.0),
    "device": (X, X.to("meta"), 1.0),
    "layout": (X, torch.eye(4).to_sparse(), 1.0),
    "options that cannot be compared": (X, Y, [1.0]),
}


@pytest.mark.parametrize("what", OTHERS)
def test_another_kind_of_call_is_made_the_long_way(kernel: Kernel, what: str) -> None:
    run = planned(kernel)
    run(X, Y, 1.0)
    run(*OTHERS[what])
    assert kernel.long == 2 and not kernel.quick
    run(X, Y, 1.0)
    assert len(kernel.quick) == 1


@pytest.mark.parametrize("what", ["negative bit", "zeros without memory", "subclass", "layout"])
def test_a_tensor_that_is_not_what_its_memory_says_is_never_kept(kernel: Kernel, what: str) -> None:
    run = planned(kernel)
    for _ in range(2):
        run(*OTHERS[what])
    assert kernel.long == 2 and not kernel.kept_of(run)


def test_tensors_are_known_by_their_place_among_those_that_are_missing(kernel: Kernel) -> None:
    run = Planned(lambda x, other, more: call(kernel, x, other), ("x", "other", "more"), ("y",), ("room",))
    run(X, None, X)
    run(X, X, None)
    assert len(run.kept) == 2


class Elsewhere(torch.Tensor):
    """A tensor on a GPU that is not there."""

    @staticmethod
    def __new__(cls, device: str) -> Elsewhere:
        return torch.Tensor._make_wrapper_subclass(cls, (4,), device=torch.device(device))

    @classmethod
    def __torch_dispatch__(cls, *_: Any, **__: Any) -> Any:
        raise NotImplementedError

    def data_ptr(self) -> int:
        return 0


@pytest.mark.parametrize("which", [0, 1])
def test_another_gpu_is_another_kind(which: int) -> None:
    there = [Elsewhere("cuda:0"), Elsewhere("cuda:0")]
    fits = planned_module._guard(there)
    assert fits(there)
    there[which] = Elsewhere("cuda:1")
    assert not fits(there)


def test_where_nothing_is_differentiated_a_parameter_is_no_leaf(kernel: Kernel) -> None:
    run, weight = planned(kernel), torch.nn.Parameter(X.clone())
    with torch.no_grad():
        for _ in range(2):
            run(X, Y, 1.0)
            assert not run(weight, Y, 1.0).requires_grad
    assert (kernel.long, len(kernel.quick)) == (2, 2)


def test_in_inference_results_are_those_of_inference(kernel: Kernel) -> None:
    run = planned(kernel)
    run(X, Y, 1.0)
    with torch.inference_mode():
        assert all(run(X, Y, 1.0).is_inference() for _ in range(2))
    assert not run(X, Y, 1.0).is_inference() and (kernel.long, len(kernel.quick)) == (2, 2)


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
    run(X, Y, 1.0)
    with AT_WORK[what]():
        run(X, Y, 1.0)
    assert kernel.long == 2 and not kernel.quick
    run(X, Y, 1.0)
    assert len(kernel.quick) == 1


@pytest.mark.parametrize("what", ["autocast", "dispatch mode"])
def test_what_was_at_work_at_the_first_call_is_not_kept(kernel: Kernel, what: str) -> None:
    run = planned(kernel)
    for _ in range(2):
        with AT_WORK[what]():
            run(X, Y, 1.0)
    assert kernel.long == 2 and not kernel.kept_of(run)


CUDNN: Any = torch.backends.cudnn


@pytest.mark.parametrize("holder", [CUDNN.conv, CUDNN, torch.backends])
def test_precision_of_convolutions_is_seen_whoever_says_it(holder: Any) -> None:
    found = {precision.of_convolutions(): precision.state_of_convolutions()}
    for value in ("ieee", "tf32"):
        with flag(CUDNN.conv, "fp32_precision", "none"), flag(holder, "fp32_precision", value):
            found[precision.of_convolutions()] = precision.state_of_convolutions()
    assert len(found) == 2 == len(set(found.values()))


def test_transformations_and_traces_are_not_passed_over(kernel: Kernel) -> None:
    run, x, y = planned(kernel), torch.zeros(4), torch.zeros(4)
    for kept in (0, 1):
        torch.func.vmap(lambda x: run(x, y, 1.0))(X)
        torch.func.vmap(lambda z: z + run(x, y, 1.0))(X)  # nothing of it is seen on the tensors
        torch.jit.trace(lambda z: run(z, y, 1.0), x, check_trace=False)
        assert kernel.long == 4 * kept + 3 and not kernel.quick and len(kernel.kept_of(run)) == kept
        run(x, y, 1.0)
