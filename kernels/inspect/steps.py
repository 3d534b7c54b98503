"""A kernel line by line: what one program of a launch computes, loads and stores, as plain data.

The interpreter runs a kernel as Python, so that Python's own tracing sees each of its lines. What comes of it can be
sent to another process: numbers, texts, lists and dicts, and no more of them than a person looks at.
"""

from __future__ import annotations

import linecache
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from traceback import walk_tb
from types import FrameType
from typing import Any

import numpy as np

from kernels.inspect import launches
from kernels.inspect.launches import Access, Launch
from kernels.inspect.memory import Memory, MemoryFault, place_of

MOST_STEPS, MOST_LAUNCHES = 400, 20
ROWS, COLUMNS = 8, 32
"""How much of a tile is told: its first rows, and of each row the first columns."""


class Recorder:
    """What happens in the launches of kernels that stand in one file, in the program of each that is asked for."""

    def __init__(self, file: str, program: int = 0) -> None:
        """program: its number; the last one where there are fewer."""
        self.file, self.asked = file, program
        self.told: list[dict[str, Any]] = []
        self.left_out = 0
        """Launches beyond the first ones."""
        self._accesses: list[dict[str, Any]] = []
        self._lines: dict[FrameType, tuple[int, dict[str, Any]]] = {}
        self._launch: Launch | None = None

    @contextmanager
    def recording(self) -> Iterator[None]:
        """Records every launch while it lasts."""
        with launches.listening(self._hear), launches.around(self._around):
            yield

    def report(self) -> dict[str, Any]:
        """All of it: {"launches": [...], "left_out": how many more there were}."""
        return {"launches": self.told, "left_out": self.left_out}

    @contextmanager
    def _around(self, launch: Launch, file: str, constants: dict[str, Any]) -> Iterator[None]:
        if file != self.file or len(self.told) == MOST_LAUNCHES:
            self.left_out += file == self.file
            yield
            return
        count = int(np.prod(launch.grid))
        program = min(self.asked, count - 1)
        told: dict[str, Any] = {
            "kernel": launch.kernel,
            "grid": list(launch.grid),
            "program": program,
            "place": place_of(max(program, 0), launch.grid),
            "tensors": [_tensor(name, one) for name, one in launch.memory.tensors.items()],
            "constants": constants,
            "steps": [],
            "left_out": 0,
            "fault": None,
        }
        self.told.append(told)
        self._launch, before = launch, sys.gettrace()
        sys.settrace(self._trace)
        try:
            yield
        except MemoryFault as fault:
            told["fault"] = {"message": str(fault), "line": self._line_of(fault), "program": launch.program}
            raise
        finally:
            sys.settrace(before)
            self._launch = None
            self._lines.clear()

    def _line_of(self, fault: MemoryFault) -> int | None:
        """The line of the file that a fault comes from."""
        lines = [line for frame, line in walk_tb(fault.__traceback__) if frame.f_code.co_filename == self.file]
        return lines[-1] if lines else None

    def _hear(self, launch: Launch, access: Access) -> None:
        if launch is self._launch and self._wanted(launch):
            self._accesses.append(_access(access))

    def _wanted(self, launch: Launch) -> bool:
        return bool(launch.program == self.told[-1]["program"])

    # --- the trace ---

    def _trace(self, frame: FrameType, event: str, argument: Any) -> Any:
        launch = self._launch
        if launch is None or frame.f_code.co_filename != self.file or not self._wanted(launch):
            return None
        if event == "call":
            self._lines[frame] = (0, _names(frame))
            return self._trace
        if event in ("line", "return", "exception"):
            self._end_line(frame, event)
            if event == "line":
                self._lines[frame] = (frame.f_lineno, _names(frame))
            elif event == "return":
                self._lines.pop(frame, None)
        return self._trace

    def _end_line(self, frame: FrameType, event: str) -> None:
        """What the line that was run last has done."""
        line, before = self._lines.get(frame, (0, {}))
        if not line:
            return
        now = _names(frame)
        changed = {name: value for name, value in now.items() if name not in before or before[name] is not value}
        accesses, self._accesses = self._accesses, []
        told = self.told[-1]
        if event == "exception":  # and nothing of it is left to be told when the frame is left
            self._lines[frame] = (0, now)
            if not accesses and not changed:
                return
        if len(told["steps"]) >= MOST_STEPS:
            told["left_out"] += 1
            return
        told["steps"].append(
            {
                "line": line,
                "source": linecache.getline(self.file, line).strip(),
                "inside": frame.f_code.co_name,
                "values": [one for name, value in changed.items() if (one := self._value(name, value)) is not None],
                "accesses": accesses,
            }
        )

    def _value(self, name: str, value: Any) -> dict[str, Any] | None:
        """A name's new value, where it is a tile or a number."""
        if isinstance(value, bool | int | float):
            return {"name": name, "shape": [], "dtype": type(value).__name__, "rows": [[_number(value)]]}
        data: Any = getattr(getattr(value, "handle", None), "data", None)
        if not isinstance(data, np.ndarray):
            return None
        shape = [int(size) for size in value.shape]
        told: dict[str, Any] = {"name": name, "shape": shape, "dtype": str(value.dtype.scalar)}
        data = data.reshape(shape) if shape else data.reshape(-1)[:1]
        if data.dtype == np.uint64 and told["dtype"].startswith("pointer"):
            assert self._launch is not None
            return {**told, "into": _into(data, self._launch.memory)}
        return {**told, "rows": _rows(_floats(data, told["dtype"]))}


# --- as plain data ---


def _names(frame: FrameType) -> dict[str, Any]:
    return dict(frame.f_locals)


def _tensor(name: str, tensor: Any) -> dict[str, Any]:
    dtype = str(tensor.dtype).removeprefix("torch.")
    return {"name": name, "shape": list(tensor.shape), "strides": list(tensor.stride()), "dtype": dtype}


def _access(access: Access) -> dict[str, Any]:
    """first, last: places in the tensor, in elements from its first one; done: lanes at work, of all lanes."""
    pointers, mask = np.asarray(access.pointers), np.asarray(access.mask)
    told: dict[str, Any] = {
        "does": access.does,
        "shape": list(pointers.shape),
        "lanes": int(mask.size),
        "done": int(mask.sum()),
        "mask": _rows(mask),
        "tensors": [],
    }
    for region in access.regions:
        here = pointers[mask & region.holds(pointers, region.itemsize)]
        places = [region.place(int(one)) for one in (here.min(), here.max())]
        told["tensors"].append({"name": region.name, "first": places[0], "last": places[1]})
    return told


def _into(pointers: Any, memory: Memory) -> dict[str, Any] | None:
    """Which tensor pointers lie in, or beside, and at which places."""
    flat = pointers.reshape(-1)
    region = memory.region_at(int(flat[0])) if flat.size else None
    if region is None:
        return None
    places = [region.place(int(one)) for one in (flat.min(), flat.max())]
    return {"name": region.name, "first": places[0], "last": places[1]}


def _floats(data: Any, dtype: str) -> Any:
    """The values of a tile; the interpreter keeps bfloat16 as bits."""
    if dtype == "bf16" and data.dtype == np.uint16:
        return (data.astype(np.uint32) << np.uint32(16)).view(np.float32)
    return data


def _rows(data: Any) -> list[list[Any]]:
    """The first rows and columns of a tile; what has more than two axes is told by its last two."""
    data = np.asarray(data)
    while data.ndim > 2:
        data = data[0]
    if data.ndim < 2:
        data = data.reshape(1, -1)
    return [[_number(one) for one in row[:COLUMNS]] for row in data[:ROWS]]


def _number(value: Any) -> bool | int | float:
    if isinstance(value, bool | np.bool_):
        return bool(value)
    if isinstance(value, int | np.integer):
        return int(value)
    return float(value)
