"""A GPU that is not there: what runs on it is nothing, at once, and tensors hold whatever was in memory.

Nothing is computed, by PyTorch either: results get room of the right size and no more. So a whole measurement is played
on a machine without a GPU: that all processes find each other, that every launch fits its kernel, that all is printed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import torch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.utils._pytree import tree_leaves, tree_map_only


def _room(tensor: torch.Tensor, device: str) -> torch.Tensor:
    return torch.empty_strided(tensor.shape, tensor.stride(), dtype=tensor.dtype, device=device)


class Idle(TorchDispatchMode):
    """Operations of PyTorch give results of the right kind and do nothing; those of ours go on to their launches."""

    def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        kwargs = dict(kwargs or {})
        if "device" in kwargs:
            kwargs["device"] = "cpu"
        schema = func._schema
        if func is torch.ops.aten._local_scalar_dense.default:
            return 0.0 if args[0].is_floating_point() else 0
        if func is torch.ops.aten.equal.default:
            return True
        changed = [place for place, one in enumerate(schema.arguments) if one.alias_info and one.alias_info.is_write]
        if func.namespace != "aten" or (schema.returns and schema.returns[0].alias_info and not changed):
            return func(*args, **kwargs)  # a view, or ours
        if changed and changed[0] < len(args):
            return args[changed[0]]
        given = any(isinstance(one, torch.Tensor) for one in tree_leaves((args, kwargs)))
        asked = tree_map_only(torch.Tensor, lambda one: _room(one, "meta"), (args, kwargs))
        if any(one.name == "device" for one in schema.arguments) and ("device" in kwargs or not given):
            asked[1]["device"] = "meta"
        try:
            found = func(*asked[0], **asked[1])
        except (NotImplementedError, TypeError):  # it has no rule for its result
            return func(*args, **kwargs)
        return tree_map_only(torch.Tensor, lambda one: _room(one, "cpu"), found)


class Event:
    """The clock on the wall."""

    def __init__(self, **_: Any) -> None:
        self.at = 0.0

    def record(self) -> None:
        self.at = time.perf_counter()

    def elapsed_time(self, other: Event) -> float:
        return max(1e-3, (other.at - self.at) * 1e3)


def _no_graph() -> None:
    raise RuntimeError("There are no graphs here.")


def _few(rows: Callable[[str], Iterator[Any]]) -> Callable[[str], list[Any]]:
    """The first of the course's sizes, and the first of which something was predicted."""

    def chosen(backend: str) -> list[Any]:
        found = list(rows(backend))
        return [one for one in found if one.quick][:1] + [one for one in found if one.predicted[0] is not None][:1]

    return chosen


def install() -> None:
    """From here on this process believes that there is a GPU."""
    cuda: Any = torch.cuda
    answers: dict[str, Any] = {
        "is_available": True, "current_device": 0, "get_device_name": "A stand-in", "get_device_capability": (9, 0),
        "get_device_properties": SimpleNamespace(multi_processor_count=132, L2_cache_size=0, total_memory=2**37),
        "synchronize": None, "empty_cache": None, "reset_peak_memory_stats": None, "memory_allocated": 0,
        "max_memory_allocated": 0, "mem_get_info": (0, 0), "_lazy_init": None, "device_count": 1,
    }  # fmt: skip
    for name, answer in answers.items():
        setattr(cuda, name, lambda *_, found=answer: found)
    cuda.Event, cuda.Stream = Event, _no_graph
    untouched: Any = torch
    untouched.compile = lambda function, **_: function
    from kernels.bench import catalogue
    from kernels.bench.stub_driver import stubbed

    for name, rows in catalogue.ROWS.items():
        catalogue.ROWS[name] = _few(rows)  # type: ignore[assignment]
    global _held
    _held = (stubbed(), Idle())  # type: ignore[no-untyped-call]
    for one in _held:
        one.__enter__()


_held: tuple[Any, ...] = ()
