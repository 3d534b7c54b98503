"""Triton's interpreter, made to watch: what each launch loads and stores is checked, and told to whoever listens.

Besides, what a masked load leaves undefined is NaN instead of 0, as far as it is a floating-point number: a GPU
promises nothing of it. An error of a kernel is raised as it is, with the kernel's own line in its trace.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np

from kernels.device.interpreter import accelerate
from kernels.inspect.memory import NOBODY, Memory, Region


@dataclass(frozen=True)
class Access:
    """One load or store of one program, as it was done."""

    does: str
    """"loads", "stores" or "updates", the last one atomically."""
    regions: tuple[Region, ...]
    pointers: Any
    """Addresses, in the shape of the tile."""
    mask: Any
    """Of the same shape: which lanes are done."""
    values: Any
    """Of the same shape: what was loaded or stored, in the interpreter's own form."""


class Launch:
    """A launch while it runs. `program` is the number of the one that is at work, the last axis first."""

    def __init__(self, kernel: str, grid: tuple[int, ...], tensors: dict[str, Any]) -> None:
        self.kernel, self.grid = kernel, grid
        self.memory = Memory(grid, tensors)
        self.program = 0


Listener = Callable[[Launch, Access], None]
Around = Callable[[Launch, str, dict[str, Any]], AbstractContextManager[None]]
"""Gets a launch, the file that its kernel stands in, and its other arguments: numbers by their names."""
_open: list[Launch] = []
_listeners: list[Listener] = []
_around: list[Around] = []
_written: dict[int, Any] = {}
"""By a storage's address: which of its elements a kernel has stored since `forget`."""


def install() -> bool:
    """Has every launch of this process watched; True where Triton is there and interprets. Again changes nothing."""
    try:
        import triton
        from triton.runtime import interpreter
    except ImportError:
        return False
    if not triton.knobs.runtime.interpret:
        return False
    if not getattr(interpreter, "_dl_tutor_watched", False):
        accelerate()
        executor, builder = interpreter.GridExecutor, interpreter.InterpreterBuilder
        executor.__call__ = _launching(executor.__call__, interpreter)
        interpreter._implicit_cvt = _converting(interpreter._implicit_cvt)
        builder.set_grid_idx = _at_program(builder.set_grid_idx)
        builder.create_masked_load = _loading(builder.create_masked_load, interpreter)
        builder.create_masked_store = _storing(builder.create_masked_store, interpreter)
        for name in ("create_atomic_rmw", "create_atomic_cas"):
            setattr(builder, name, _updating(getattr(builder, name), interpreter))
        interpreter._dl_tutor_watched = True
    return True


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Tells a function of each access while it lasts."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.remove(listener)


@contextmanager
def around(manager: Around) -> Iterator[None]:
    """Enters a context around each launch while it lasts."""
    _around.append(manager)
    try:
        yield
    finally:
        _around.remove(manager)


def forget() -> None:
    """From now on `written` is about what is stored from now on."""
    _written.clear()


def any_since() -> bool:
    """Whether a kernel was launched since `forget`."""
    return bool(_written)


def written(tensor: Any) -> bool:
    """Whether each element of a tensor on the CPU was stored by a kernel since `forget`, or is 0."""
    import torch

    done = _written.get(tensor.untyped_storage().data_ptr())
    if done is None:
        return bool(tensor.numel() == 0)
    places = torch.arange(len(done)).as_strided(tensor.shape, tensor.stride(), tensor.storage_offset())
    done_or_zero: torch.Tensor = torch.from_numpy(done)[places] | (tensor == 0)
    return bool(done_or_zero.all())


# --- what Triton's own functions are replaced with ---


def _launching(original: Callable[..., Any], interpreter: Any) -> Callable[..., Any]:
    @functools.wraps(original)
    def call(self: Any, *arguments: Any, **options: Any) -> None:
        named = inspect.getfullargspec(self.fn)
        known = {key: value for key, value in options.items() if key in (*named.args, *named.kwonlyargs)}
        bound = inspect.signature(self.fn).bind(*arguments, **known).arguments
        given = {name: value.base if hasattr(value, "block_shape") else value for name, value in bound.items()}
        tensors = {name: value for name, value in given.items() if hasattr(value, "data_ptr")}
        grid = self.grid(dict(bound)) if callable(self.grid) else self.grid
        self.grid = grid = tuple(int(size) for size in grid)
        launch = Launch(self.fn.__name__, grid, tensors)
        numbers = {name: one for name, one in bound.items() if isinstance(one, bool | int | float)}
        _open.append(launch)
        try:
            with ExitStack() as entered:
                for manager in _around:
                    entered.enter_context(manager(launch, self.fn.__code__.co_filename, numbers))
                try:
                    original(self, *arguments, **options)
                except interpreter.InterpreterError as error:
                    raise _innermost(error) from None
        finally:
            _open.pop()
            _enter(launch)

    return call


def _converting(original: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)
    def convert(argument: Any) -> Any:
        converted = original(argument)
        if _open and hasattr(argument, "data_ptr"):
            converted.handle.data = np.array([_open[-1].memory.address_of(argument)], dtype=np.uint64)
        return converted

    return convert


def _innermost(error: BaseException) -> BaseException:
    """The error that a kernel raised, out of those that the interpreter has wrapped around it."""
    while type(error).__name__ == "InterpreterError" and error.__cause__ is not None:
        error = error.__cause__
    return error


def _enter(launch: Launch) -> None:
    for storage, book in launch.memory.books.items():
        stored = book.writers != NOBODY
        before = _written.get(storage)
        _written[storage] = stored if before is None or before.shape != stored.shape else before | stored


def _at_program(original: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)
    def set_grid_idx(self: Any, *place: int) -> None:
        if _open:
            number = 0
            for size, at in zip(_open[-1].grid, place, strict=False):
                number = number * size + at
            _open[-1].program = number
        original(self, *place)

    return set_grid_idx


def _loading(original: Callable[..., Any], interpreter: Any) -> Callable[..., Any]:
    @functools.wraps(original)
    def create_masked_load(self: Any, pointers: Any, mask: Any, other: Any, *options: Any) -> Any:
        if not _open:
            return original(self, pointers, mask, other, *options)
        launch = _open[-1]
        done = np.broadcast_to(mask.data, pointers.data.shape)
        itemsize = _itemsize(pointers)
        regions = launch.memory.read(pointers.data[done], itemsize, launch.program)
        # of a single lane Triton does not tell an `other` of 0 from none
        if other is None and pointers.data.size > 1 and not done.all():
            other = _undefined(pointers, interpreter)
        loaded = original(self, _real(launch, pointers, interpreter), mask, other, *options)
        _tell(launch, Access("loads", tuple(regions), pointers.data, done, loaded.data))
        return loaded

    return create_masked_load


def _storing(original: Callable[..., Any], interpreter: Any) -> Callable[..., Any]:
    @functools.wraps(original)
    def create_masked_store(self: Any, pointers: Any, value: Any, mask: Any, *options: Any) -> Any:
        if not _open:
            return original(self, pointers, value, mask, *options)
        launch = _open[-1]
        done = np.broadcast_to(mask.data, pointers.data.shape)
        values = np.broadcast_to(value.data, pointers.data.shape)

        real = _real(launch, pointers, interpreter)

        def held() -> Any:
            nothing = np.zeros(pointers.data.shape, dtype=values.dtype)
            return interpreter._interpreter.load(real.data, np.ascontiguousarray(done), nothing, values.dtype)[done]

        itemsize = _itemsize(pointers)
        regions = launch.memory.write(pointers.data[done], values[done], itemsize, launch.program, held)
        answer = original(self, real, value, mask, *options)
        _tell(launch, Access("stores", tuple(regions), pointers.data, done, values))
        return answer

    return create_masked_store


def _updating(original: Callable[..., Any], interpreter: Any) -> Callable[..., Any]:
    @functools.wraps(original)
    def create_atomic(self: Any, *arguments: Any) -> Any:
        if not _open:
            return original(self, *arguments)
        launch = _open[-1]
        handles = [one for one in arguments if hasattr(one, "data") and hasattr(one, "get_element_ty")]
        pointers = next(one for one in handles if one.data.dtype == np.uint64 and one.dtype.scalar.is_ptr())
        masks = [one.data for one in handles if one.data.dtype == np.bool_]
        done = np.broadcast_to(masks[-1] if masks else True, pointers.data.shape)
        launch.memory.locks = launch.memory.locks or original.__name__ == "create_atomic_cas"
        regions = launch.memory.update(pointers.data[done], _itemsize(pointers), launch.program)
        answer = original(self, *(_real(launch, one, interpreter) if one is pointers else one for one in arguments))
        _tell(launch, Access("updates", tuple(regions), pointers.data, done, answer.data))
        return answer

    return create_atomic


def _real(launch: Launch, pointers: Any, interpreter: Any) -> Any:
    """The same pointers, as they really are."""
    return interpreter.TensorHandle(launch.memory.real(pointers.data), pointers.dtype)


def _itemsize(pointers: Any) -> int:
    bits: int = pointers.get_element_ty().primitive_bitwidth
    return max(bits // 8, 1)


def _undefined(pointers: Any, interpreter: Any) -> Any:
    """NaN for each lane, where the dtype has one; None where it has not."""
    of = pointers.get_element_ty()
    if not of.is_floating():
        return None
    dtype = interpreter._get_np_dtype(of)
    if np.issubdtype(dtype, np.floating):
        values = np.full(pointers.data.shape, np.nan, dtype=dtype)
    elif dtype == np.uint16:  # bfloat16 by its bits
        values = np.full(pointers.data.shape, 0x7FC0, dtype=dtype)
    else:
        return None
    return interpreter.TensorHandle(values, of)


def _tell(launch: Launch, access: Access) -> None:
    for listener in _listeners:
        listener(launch, access)
