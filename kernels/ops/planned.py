"""Functions that remember how a call was made, and make the next of its kind in a tenth of the time.

Of a kind are calls that agree in all that tiles, compiled kernels and their arguments are made of: `Planned._kind`.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch

from kernels.dispatch.choice import triton_here

MOST = 1024
"""Plans of one function. A program with more kinds of calls than that begins anew."""
_UNSEEN: Any = object()


_transforming = torch._C._functorch.peek_interpreter_stack
_dispatching = torch._C._len_torch_dispatch_stack
_tracing = torch._C._get_tracing_state
_profiling = torch._C._autograd._profiler_enabled
_forward_ad = torch.autograd.forward_ad


def _ordinary() -> bool:
    """Whether nobody wants to see or change what is done: no compiler, tracer, profiler or transformation."""
    return not (
        torch.compiler.is_compiling()
        or _dispatching()
        or _transforming() is not None
        or _tracing() is not None
        or _forward_ad._current_level >= 0
        or _profiling()
    )


class Planned:
    """A function of tensors and then of options that launches kernels, with what is kept of its calls.

    `names` are the tensors as the kernels name them, `results` what it returns - one tensor, or several - and `rooms`
    what is made for a call and not returned. `state` is asked at each call for what else it depends on, where the
    first tensor is float32.
    """

    every: list["Planned"] = []

    def __init__(
        self,
        function: Callable[..., Any],
        names: Sequence[str],
        results: Sequence[str],
        rooms: Sequence[str] = (),
        *,
        aliases: Mapping[str, str] | None = None,
        state: Callable[[], Any] | None = None,
    ) -> None:
        self.function, self.names, self.results, self.rooms = function, tuple(names), tuple(results), tuple(rooms)
        self.aliases, self.state, self.tensors = dict(aliases or {}), state, len(names)
        self.kept: dict[tuple[Any, ...], Any] = {}
        Planned.every.append(self)

    def __call__(self, *arguments: Any) -> Any:
        tensors = arguments[: self.tensors]
        kind = self._kind(tensors, arguments[self.tensors :])
        if kind is None:
            return self.function(*arguments)
        try:
            plan = self.kept.get(kind, _UNSEEN)
        except TypeError:  # options that cannot be compared
            return self.function(*arguments)
        if plan is _UNSEEN:
            return self._first(kind, arguments)
        found = None if plan is None else plan.run(tensors)
        return self.function(*arguments) if found is None else found

    def _kind(self, tensors: Sequence[torch.Tensor | None], options: tuple[Any, ...]) -> tuple[Any, ...] | None:
        """What a call without gradient depends on, to be compared; None where it takes the long way.

        The contents of tensors are what kernels read, and a tensor's place is the only thing about it that they are
        told at each start; but whether that is a multiple of 16 is compiled into them. Under autocast tensors become
        others. Some tensors are not what their memory says: they have a negative bit, or are zeros without memory, or
        subclasses.
        """
        first = tensors[0]
        if not _ordinary() or first is None or torch.is_autocast_enabled("cuda" if first.is_cuda else "cpu"):
            return None
        differentiated = torch.is_grad_enabled()
        found: list[Any] = [options]
        try:
            for one in tensors:
                if one is None:
                    found.append(None)
                    continue
                plain = type(one) is torch.Tensor or type(one) is torch.nn.Parameter
                place = one.data_ptr() if plain else 0
                if not place or one.is_neg() or (differentiated and one.requires_grad):
                    return None
                device = one.get_device() if one.is_cuda or one.is_cpu else one.device  # numbers compare quickly
                found += (one.shape, one.stride(), one.dtype, device, place % 16)
        except RuntimeError:  # a tensor without strides, or without a place
            return None
        if self.state is not None and first.dtype == torch.float32:
            found.append(self.state())
        return tuple(found)

    def _first(self, kind: tuple[Any, ...], arguments: tuple[Any, ...]) -> Any:
        """The first call of its kind, which is made the long way and watched."""
        if not triton_here():
            return self.function(*arguments)
        from kernels.launch.plan import plan, recording

        with recording() as launches:
            found = self.function(*arguments)
        alone = isinstance(found, torch.Tensor)
        results = dict(zip(self.results, (found,) if alone else found, strict=True))
        given = dict(zip(self.names, arguments, strict=False))
        if len(self.kept) >= MOST:
            self.kept.clear()
        self.kept[kind] = plan(launches, given, results, self.rooms, self.aliases, alone)
        return found


def forget() -> None:
    """Drops all plans: where kernels go has changed."""
    for one in Planned.every:
        one.kept.clear()
