"""Which implementation an operation uses - PyTorch's, ours in Triton, or ours interpreted on the CPU - and why."""

import contextlib
import importlib.util
import os
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

import torch

from kernels.dispatch import crossover

NAMES = ("auto", "triton", "torch", "interpret")
VARIABLE = "DL_TUTOR_KERNELS"
OLDEST = (8, 0)


class BackendError(RuntimeError):
    """A backend was asked for that cannot do what is asked of it."""


class Choice(NamedTuple):
    """What runs, "triton", "torch" or "interpret", and the reason in one sentence."""

    backend: str
    reason: str

    def __str__(self) -> str:
        return f"{self.backend}: {self.reason}"


def _checked(name: str, origin: str) -> str:
    if name not in NAMES:
        raise BackendError(f"{origin}: {name!r} is no backend. There are {', '.join(NAMES[:-1])} and {NAMES[-1]}.")
    return name


def checked_backend(name: str | None, origin: str) -> None:
    """Raises `BackendError` unless this is the name of a backend, or None."""
    if name is not None:
        _checked(name, f"{origin}(backend=...)")


# For the whole process, like PyTorch's own flags: the backward pass runs in threads of its own.
_asked = _checked(os.environ.get(VARIABLE, "auto") or "auto", f"the environment variable {VARIABLE}")


def asked() -> str:
    """The backend of calls that name none."""
    return _asked


@contextlib.contextmanager
def backend(name: str) -> Iterator[None]:
    """Within it, all operations that name no backend themselves use this one.

    `name` is "auto", "triton", "torch" or "interpret". It holds for the whole process, in all threads. Raises
    `BackendError` for another name.
    """
    global _asked
    before, _asked = _asked, _checked(name, "kernels.backend")
    try:
        yield
    finally:
        _asked = before


@lru_cache
def triton_here() -> bool:
    """Whether Triton is installed, without importing it."""
    return importlib.util.find_spec("triton") is not None


@lru_cache
def _interpreting() -> bool:
    return os.environ.get("TRITON_INTERPRET", "") in ("1", "true", "on") and triton_here()


@crossover.constant_in_traces
def interpreting() -> bool:
    """Whether Triton interprets its kernels in this process. It decides once, when it is imported."""
    return _interpreting()


@lru_cache
def _unsupported_gpu(index: int) -> str | None:
    """Why a GPU cannot run our kernels, or None where it can."""
    if torch.version.hip is not None:
        return "our kernels were never run on an AMD GPU"
    capability = torch.cuda.get_device_capability(index)
    if capability < OLDEST:
        return f"the GPU's compute capability is {capability[0]}.{capability[1]}, and 8.0 is the oldest that we support"
    return None


@crossover.constant_in_traces
def unavailable(kind: str, index: int | None) -> str | None:
    """Why Triton cannot run on a device, or None where it can."""
    if kind != "cuda":
        return f"the tensors are on the device {kind}, and Triton needs an NVIDIA GPU"
    if not triton_here():
        return "Triton is not installed"
    if interpreting():
        return "TRITON_INTERPRET=1 is set, with which Triton runs on the CPU only"
    return _unsupported_gpu(torch.cuda.current_device() if index is None else index)


@crossover.constant_in_traces
def _transformed() -> str | None:
    """Which of PyTorch's transformations is at work for which our kernels have no rule, or None."""
    if torch._C._functorch.peek_interpreter_stack() is not None:
        return "a transformation of torch.func is at work (vmap, grad, jvp, ..), for which our kernels have no rule"
    if torch.autograd.forward_ad._current_level >= 0:
        return "forward-mode differentiation is at work, for which our kernels have no rule"
    return None


def surely_torch(x: torch.Tensor, requested: str | None) -> bool:
    """Whether PyTorch's own is used without a further look: it was asked for, or nothing was and there is no GPU."""
    name = _asked if requested is None else requested
    return name == "torch" or (name == "auto" and not x.is_cuda)


def choose(
    operation: str,
    device: torch.device,
    size: int,
    traits: Callable[[], str] = str,
    *,
    unsupported: str | None = None,
    on_request: str | None = None,
    requested: str | None = None,
) -> Choice:
    """The backend for one call.

    Parameters
    ----------
    operation: the name that the table of crossovers has for it, such as "batch_norm+relu".
    size: how much there is to do, in the unit of that table.
    traits: tells what else that table knows an operation by, such as " bf16 channels last gradient".
    unsupported: why our kernels don't do this call, or None where they do.
    on_request: why "auto" leaves this call to PyTorch whatever was measured, or None where it does not.
    requested: the `backend=` of the call; None asks the context manager and the environment.

    Raises `BackendError` where a backend is asked for by name and cannot do it: no one who asked for a kernel shall
    measure PyTorch unawares.
    """
    name = _asked if requested is None else _checked(requested, f"{operation}(backend=...)")
    if name == "torch":
        return Choice("torch", "it was asked for")
    if name == "interpret":
        reason = (
            unsupported
            or _transformed()
            or (None if device.type == "cpu" else "the interpreter works on tensors of the CPU")
        )
        if reason is None and not interpreting():
            reason = "start Python with TRITON_INTERPRET=1 in its environment: Triton decides when it is imported"
        if reason:
            raise BackendError(f"{operation} cannot be interpreted: {reason}.")
        return Choice("interpret", "it was asked for")
    obstacle = unavailable(device.type, device.index) or unsupported or _transformed()
    if name == "triton":
        if obstacle:
            raise BackendError(f"{operation} has no Triton kernel for this call: {obstacle}.")
        return Choice("triton", "it was asked for")
    if obstacle or on_request:
        return Choice("torch", obstacle or on_request or "")
    least, reason = crossover.least(operation + traits(), device.index)
    return Choice("triton" if 0 <= least <= size else "torch", reason)
