"""Makes Triton's interpreter some ten times faster, and mends it where it needs an older NumPy.

It patches Triton's language anew for each helper that a kernel calls, and checks integers for overflow in every sum
without ever saying so. Here the language is patched once a launch, and the check is off unless asked for. Where
Triton's internals are not as known, its interpreter is left as it is: slower, and as right.
"""

import contextlib
import dataclasses
import inspect
from collections.abc import Callable, Iterator
from typing import Any


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


def accelerate() -> bool:
    """Installs both; True where it could. Doing so again changes nothing."""
    try:
        from triton.runtime import interpreter

        if getattr(interpreter, "_dl_tutor_accelerated", False):
            return True
        options = dataclasses.replace(interpreter.interpreter_builder.options, sanitize_overflow=False)
        patch = _once_a_launch(interpreter._patch_lang, interpreter.tl)
    except (ImportError, AttributeError, TypeError):
        return False
    interpreter._patch_lang = patch
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
