"""Which functions code calls while it runs, however it names them: by another import, getattr, a string, torch.ops.

Three ears listen: PyTorch's own function and dispatch modes, which hear what is called from C and from a compiled
graph too, and Python's profiler, which hears NumPy and the engine of autograd. What is heard is an observation: code
that takes the trouble can switch all three off, or work in another thread.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from types import FrameType
from typing import Any

import numpy as np
import torch
from torch.overrides import TorchFunctionMode
from torch.utils._python_dispatch import TorchDispatchMode

from grader.sandbox.mode import without_compiler

AUTOGRAD = frozenset(
    {
        "backward",
        "grad",
        "grad_and_value",
        "run_backward",
        "vjp",
        "jvp",
        "vhp",
        "hvp",
        "jacrev",
        "jacfwd",
        "jacobian",
        "hessian",
        "linearize",
        "make_dual",
        "grad_increment_nesting",
        "jvp_increment_nesting",
    }
)
"""Ways to have PyTorch differentiate: where one of the first is forbidden, so are the others."""
ALSO = {
    "numpy": frozenset({"__array__", "__dlpack__"}),
    "cross_entropy": frozenset({"cross_entropy_loss"}),
    "CrossEntropyLoss": frozenset({"cross_entropy"}),
    "LogSoftmax": frozenset({"log_softmax"}),
}
"""What else does the work of a function, by its bare name."""
LIBRARIES = tuple(os.path.dirname(str(module.__file__)) + os.sep for module in (torch, np))


def names(forbidden: Sequence[str]) -> dict[str, str]:
    """Bare name that may be heard -> the forbidden name that it stands for."""
    found: dict[str, str] = {}
    for name in forbidden:
        bare = name.rpartition(".")[2]
        if "." in name:  # `for`, `while` and `comprehension` are no functions
            others = AUTOGRAD if bare in AUTOGRAD else ALSO.get(bare, frozenset())
            for one in (bare, *others):
                found.setdefault(one, name)
    return found


@contextlib.contextmanager
def listening(forbidden: Sequence[str], file: str) -> Iterator[list[list[Any]]]:
    """Gives a list that fills with [forbidden name, line of `file` or 0] while the block runs, each name once."""
    wanted, heard = names(forbidden), dict[str, int]()
    told: list[list[Any]] = []

    def hear(name: str) -> None:
        bare = name.partition(".")[0]
        found = wanted.get(bare) or wanted.get(bare.strip("_"))
        if found is not None and found not in heard:
            heard[found] = _line(sys._getframe(1), file)

    with _profiled(hear), _Functions(hear), without_compiler(_Operations)(hear):
        yield told
    told += [[name, line] for name, line in heard.items()]


def _line(frame: FrameType | None, file: str) -> int:
    while frame is not None and frame.f_code.co_filename != file:
        frame = frame.f_back
    return frame.f_lineno if frame is not None else 0


@contextlib.contextmanager
def _profiled(hear: Callable[[str], None]) -> Iterator[None]:
    def event(frame: FrameType, kind: str, argument: Any) -> None:
        if kind == "call" and frame.f_code.co_filename.startswith(LIBRARIES):
            name, caller = frame.f_code.co_name, frame.f_back
        elif kind == "c_call" and _owner(argument) in ("torch", "numpy"):
            name, caller = argument.__name__, frame
        else:
            return
        # what a library calls for itself, to print a tensor for instance, is not the learner's; but to differentiate is
        inside = caller is not None and caller.f_code.co_filename.startswith(LIBRARIES)
        if not inside or name.strip("_") in AUTOGRAD:
            hear(name)

    sys.setprofile(event)
    try:
        yield
    finally:
        sys.setprofile(None)


def _owner(function: Any) -> str:
    """The package that a function of C belongs to."""
    module = getattr(function, "__module__", None) or type(getattr(function, "__self__", None)).__module__
    return str(module).partition(".")[0]


class _Functions(TorchFunctionMode):
    """Hears each function of PyTorch's that is called on tensors, methods and torch.ops among them."""

    def __init__(self, hear: Callable[[str], None]) -> None:
        super().__init__()
        self.hear = hear

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        self.hear(getattr(func, "__name__", ""))
        return func(*args, **(kwargs or {}))


class _Operations(TorchDispatchMode):
    """Hears each operation that a tensor goes through, also where a compiled graph asks for it."""

    def __init__(self, hear: Callable[[str], None]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.hear = hear

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        self.hear(func.__name__)
        return func(*args, **(kwargs or {}))
