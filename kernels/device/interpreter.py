"""Makes Triton's interpreter some ten times faster, and mends it where it needs an older NumPy or rounds otherwise.

It patches Triton's language anew for each helper that a kernel calls, and checks integers for overflow in every sum
without ever saying so. Here the language is patched once a launch, and the check is off unless asked for. It cuts
float32 off to bfloat16, which a GPU rounds to the nearest. Where Triton's internals are not as known, its interpreter
is left as it is: slower, and as right but for that rounding.
"""

import contextlib
import dataclasses
import inspect
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np


class _Scope:
    """The patches of one launch: taken back by the launch itself, not by the helpers it calls."""

    applied: dict[tuple[int, ...], Any] = {}

    def __init__(self, outermost: bool) -> None:
        self.outermost = outermost

    def restore(self) -> None:
        if self.outermost:
            for scope in reversed(list(self.applied.values())):
                scope.restore()
            self.applied.clear()


def _once_a_launch(original: Callable[[Any], Any], language: Any) -> Callable[[Any], _Scope]:
    def patch(function: Any) -> _Scope:
        modules = {id(value) for value in function.__globals__.values() if inspect.ismodule(value)}
        key = tuple(sorted(modules & {id(language), id(language.core)}))
        outermost = not _Scope.applied
        if key not in _Scope.applied:
            _Scope.applied[key] = original(function)
            # Triton 3.6 makes a range from a tensor of one element in a way that NumPy 2.4 refuses
            language.tensor.__index__ = lambda tensor: int(tensor.handle.data.squeeze())
        return _Scope(outermost)

    return patch


def rounded_to_bfloat16(values: Any) -> Any:
    """The bits of float32 values as bfloat16, uint16 of the same shape: to the nearest, and of two to the even one."""
    bits = np.ascontiguousarray(values, dtype=np.float32).view(np.uint32)
    nearest = (bits + np.uint32(0x7FFF) + ((bits >> np.uint32(16)) & np.uint32(1))) >> np.uint32(16)
    quiet_nan = (bits >> np.uint32(16)) | np.uint32(0x40)
    return np.where(np.isnan(values), quiet_nan, nearest).astype(np.uint16).reshape(np.shape(values))


def _rounding(original: Callable[..., Any], language: Any) -> Callable[..., Any]:
    def convert(values: Any, source: Any, target: Any, mode: Any) -> Any:
        if source == language.float32 and target == language.bfloat16:
            return rounded_to_bfloat16(values)
        if source == language.bfloat16 and target == language.float32:
            return values.astype(np.uint32) << np.uint32(16)
        return original(values, source, target, mode)

    return convert


def accelerate() -> bool:
    """Installs all of it; True where it could. Doing so again changes nothing."""
    try:
        from triton.runtime import interpreter

        if getattr(interpreter, "_dl_tutor_accelerated", False):
            return True
        options = dataclasses.replace(interpreter.interpreter_builder.options, sanitize_overflow=False)
        patch = _once_a_launch(interpreter._patch_lang, interpreter.tl)
        convert = _rounding(interpreter._convert_float, interpreter.tl)
    except (ImportError, AttributeError, TypeError):
        return False
    interpreter._patch_lang = patch
    interpreter._convert_float = convert
    interpreter.interpreter_builder.options = options
    interpreter._dl_tutor_accelerated = True
    return True


@contextlib.contextmanager
def overflow_is_an_error() -> Iterator[None]:
    """Within it, an index that does not fit its 32 bits is an error and no silent wrap-around."""
    from triton.runtime import interpreter

    builder = interpreter.interpreter_builder
    before = builder.options
    builder.options = dataclasses.replace(before, sanitize_overflow=True, debug=True)
    try:
        yield
    finally:
        builder.options = before
