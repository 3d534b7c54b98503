"""What is kept of a call so that it can be made again: compiled kernels, and what they are started with.

To start a kernel, Triton finds out anew what its arguments are, makes a key of that, and looks the compiled kernel up;
before, tiles were chosen and launches made. A `Plan` has all of it but for the tensors, whose places are taken by those
of the next call. Whether that call is one of the same kind is for the caller to know (`kernels.ops.planned`).
"""

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import torch
import triton
from triton.runtime.driver import driver

from kernels.launch.launch import Launch, started

KNOWN = ("3.6", "3.9")
"""The Tritons whose way to start a compiled kernel is the one that is written down here, and was tested."""


# the quickest ways to ask for memory, which are those of code that torch.compile makes; they never fill it
_QUICK = {kind: getattr(torch._C._dynamo.guards, f"_empty_strided_{kind}", None) for kind in ("cpu", "cuda")}
_deterministic = torch._C._get_deterministic_algorithms  # under which PyTorch fills memory


class Room(NamedTuple):
    """What makes an empty tensor, and with what."""

    make: Callable[..., torch.Tensor]
    shape: tuple[int, ...]
    strides: tuple[int, ...]
    dtype: torch.dtype


def room_like(tensor: torch.Tensor) -> Room:
    """What makes an empty tensor with the shape, strides, dtype and device of this one, on the current GPU."""
    shape, strides, dtype = tuple(tensor.shape), tensor.stride(), tensor.dtype
    quick = _QUICK.get(tensor.device.type)
    if quick is not None:
        return Room(quick, shape, strides, dtype)
    device = tensor.device
    return Room(lambda *how: torch.empty_strided(*how[:2], dtype=how[2], device=device), shape, strides, dtype)


STREAM = 3
"""The place of the stream among what a kernel is started with."""


class Start(NamedTuple):
    """One kernel: what starts it, with what, and which of that are tensors, by their place among all of a call."""

    run: Any
    arguments: list[Any]
    places: tuple[tuple[int, int], ...]


@contextlib.contextmanager
def recording() -> Iterator[list[tuple[Launch, Any]]]:
    """Within it, what this thread launches is listed, with the compiled kernels."""
    found: list[tuple[Launch, Any]] = []
    started.lists.append(found)
    try:
        yield found
    finally:
        started.lists.pop()  # not remove(), which takes equal lists for one another


def _hooked(runtime: Any) -> bool:
    """Whether somebody watches kernels being started, or has asked Triton for something else than usual."""
    for hook in (runtime.launch_enter_hook, runtime.launch_exit_hook):
        if hook is not None and getattr(hook, "calls", True):
            return True
    changed = runtime.debug or getattr(runtime, "add_stages_inspection_hook", None) is not None
    return bool(changed or triton.knobs.compilation.instrumentation_mode)


class Plan:
    """The kernels of a call in order. `run` starts them on other tensors of the same kind."""

    __slots__ = ("alone", "device", "driver", "results", "rooms", "starts")

    def __init__(self, starts: Sequence[Start], rooms: Sequence[Room], results: int, alone: bool) -> None:
        self.starts, self.rooms, self.results, self.alone = tuple(starts), tuple(rooms), results, alone
        self.driver = driver.active
        self.device = self.driver.get_current_device()

    def run(self, tensors: Sequence[torch.Tensor | None]) -> Any:
        """The results of a call with these tensors; None where it has to be made the long way."""
        own, runtime = self.driver, triton.knobs.runtime
        if (
            driver.active is not own
            or started.lists
            or _deterministic()
            or _hooked(runtime)
            or own.get_current_device() != self.device
        ):
            return None
        there = [*tensors, *[make(shape, strides, dtype) for make, shape, strides, dtype in self.rooms]]
        stream = own.get_current_stream(self.device)
        for run, arguments, places in self.starts:
            filled = arguments.copy()
            filled[STREAM] = stream
            for place, which in places:
                filled[place] = there[which]
            run(*filled)
        first = len(tensors)
        return there[first] if self.alone else tuple(there[first : first + self.results])


class _Places:
    """Where tensors stand among all of a call: what it was given, then its results, then the room in between."""

    def __init__(
        self, given: Mapping[str, torch.Tensor | None], results: Mapping[str, torch.Tensor], rooms: Sequence[str]
    ) -> None:
        self.known = {**given, **results}
        self.names = {name: place for place, name in enumerate(self.known)}
        self.results, self.rooms, self.made = tuple(results), rooms, list[torch.Tensor]()
        self.missing = {name for name, one in results.items() if one.numel()}  # that no kernel has filled yet

    @staticmethod
    def _same(known: torch.Tensor | None, tensor: torch.Tensor) -> bool:
        return known is not None and (known.data_ptr(), known.numel(), known.element_size()) == (
            tensor.data_ptr(),
            tensor.numel(),
            tensor.element_size(),
        )

    def find(self, name: str, tensor: torch.Tensor) -> int | None:
        """The place of what a kernel knows by this name; None where it is not what the call knows by this name."""
        if name in self.names:
            # not what the call knows by this name: one of its results by another, or a copy, to be made anew each time
            for known in (name, *self.results):
                if self._same(self.known[known], tensor):
                    self.missing.discard(known)
                    return self.names[known]
            return None
        if name not in self.rooms:
            return None
        for place, one in enumerate(self.made):
            if one is tensor:
                return len(self.names) + place
        self.made.append(tensor)
        return len(self.names) + len(self.made) - 1


def _start(launch: Launch, kernel: Any, places: _Places, aliases: Mapping[str, str]) -> Start | None:
    function = launch.kernel
    if getattr(function, "pre_run_hooks", None) or not hasattr(kernel, "packed_metadata"):
        return None
    values = {**launch.constants, **launch.arguments}
    rows, columns, layers = (*launch.grid, 1, 1)[:3]
    arguments = [rows, columns, layers, None, kernel.function, kernel.packed_metadata, None, None, None]
    found = []
    for place, name in enumerate(function.arg_names, len(arguments)):
        value = values.get(name)
        if isinstance(value, torch.Tensor):
            which = places.find(aliases.get(name, name), value)
            if which is None:
                return None
            found.append((place, which))
            value = None
        arguments.append(value)
    return Start(kernel.run, arguments, tuple(found))


def plan(
    launches: Sequence[tuple[Launch, Any]],
    given: Mapping[str, torch.Tensor | None],
    results: Mapping[str, torch.Tensor],
    rooms: Sequence[str],
    aliases: Mapping[str, str],
    alone: bool,
) -> Plan | None:
    """What is kept of a call, or None where it cannot be made again from what was seen of it.

    `given` are the tensors that it was made with, by the names that its kernels have for them, `aliases` other names
    of theirs. `rooms` names what lies between kernels. A kernel that read something else, such as a copy, or a result
    that no kernel wrote, is a call that did more than start kernels.
    """
    first = next(one for one in given.values() if one is not None)
    if first.is_cuda and first.device.index != driver.active.get_current_device():
        return None  # kernels were started on another GPU than calls find chosen
    if not launches or ".".join(triton.__version__.split(".")[:2]) not in KNOWN:
        return None
    places = _Places(given, results, rooms)
    starts = [_start(launch, kernel, places, aliases) for launch, kernel in launches]
    if places.missing or None in starts:
        return None
    made = [room_like(one) for one in (*results.values(), *places.made)]
    return Plan([one for one in starts if one is not None], made, len(results), alone)
