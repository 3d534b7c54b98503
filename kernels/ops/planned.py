"""Functions that remember how a call was made, and make the next of its kind in a tenth of the time.

Of a kind are calls that agree in all that tiles, compiled kernels and their arguments are made of: what
they are looked up by, and what a `_guard` finds.
"""

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import torch

from kernels.dispatch.choice import triton_here
from kernels.ops.differentiated import applied, route

MOST = 1024
"""Kinds of calls of one function. A program with more than that begins anew."""

_Guards: Any = getattr(torch._C._dynamo.guards, "TensorGuards", None)
_profiling = torch._C._autograd._profiler_enabled
_forward_ad = torch.autograd.forward_ad


def _plain(there: Sequence[torch.Tensor]) -> bool:
    """Whether calls of these tensors can be made again: each is what its memory says, and nobody changes operations.

    Under autocast tensors become others, whose dtype is known elsewhere. Some tensors have a negative bit, or are zeros
    without memory, or are subclasses. Under a dispatch mode, a tracer or a transformation kernels are not all.
    """
    return (
        torch._C._functorch.peek_interpreter_stack() is None
        and torch._C._get_tracing_state() is None
        and not torch._C._len_torch_dispatch_stack()
        and not torch.is_autocast_enabled("cuda" if there[0].is_cuda else "cpu")
        and all(type(one) is torch.Tensor or type(one) is torch.nn.Parameter for one in there)
        and all(one.layout == torch.strided and not one.is_neg() and one.data_ptr() for one in there)
    )


def _guard(there: Sequence[torch.Tensor]) -> Callable[[Sequence[torch.Tensor]], bool]:
    """What says of other tensors whether kernels would be told the same of them, but for their places in memory.

    That is: class, shape, strides, dtype, device, bits and layout; whether they may have a gradient; and what this
    thread's operations do beside what they say, as under autocast, a dispatch mode, a tracer, `torch.func`. It is what
    `torch.compile` guards its code with, and asks all of it at once in C++. Whether a place is a multiple of 16 is
    compiled into kernels.
    """
    sizes, strides = [list(one.shape) for one in there], [list(one.stride()) for one in there]
    matches: Callable[..., bool] = _Guards(*there, dynamic_dims_sizes=sizes, dynamic_dims_strides=strides).check
    places = [one.data_ptr() % 16 for one in there]

    def fits(there: Sequence[torch.Tensor]) -> bool:
        return matches(*there) and [one.data_ptr() % 16 for one in there] == places

    return fits


class _LongWay:
    """What is kept of calls that have no quick way."""

    def run(self, tensors: Sequence[torch.Tensor | None]) -> None:
        """Nothing."""


_LONG = _LongWay()


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
        self.kept: dict[tuple[Any, ...], list[tuple[Callable[[Sequence[torch.Tensor]], bool], Any]]] = {}
        self.kinds = 0
        self.call = self._caller()
        Planned.every.append(self)

    def __call__(self, *arguments: Any) -> Any:
        return self.call(*arguments)

    def _caller(self) -> Callable[..., Any]:
        """What makes a call: a function, whose names are found more quickly than those of an object."""
        function, count, state, missed, kept = self.function, self.tensors, self.state, self._missed, self.kept
        single, is_compiling, differentiating = torch.float32, torch.compiler.is_compiling, torch.is_grad_enabled

        def call(*arguments: Any) -> Any:
            # whoever wants to see or change what is done, and whom no guard sees
            if is_compiling() or _profiling() or _forward_ad._current_level >= 0:
                return function(*arguments)
            tensors = arguments[:count]
            there = [one for one in tensors if one is not None]
            try:
                key = (
                    arguments[count:],
                    differentiating(),
                    None if state is None or there[0].dtype != single else state(),
                    *[None if one is None else one.shape for one in tensors],
                )
                alike = kept.get(key, ())
            except (TypeError, RuntimeError):  # options that cannot be compared, a tensor without a shape
                return function(*arguments)
            for fits, way in alike:
                if fits(there):
                    found = way.run(tensors)
                    return function(*arguments) if found is None else found
            return missed(key, there, arguments)

        return call

    def _missed(self, key: tuple[Any, ...], there: Sequence[torch.Tensor], arguments: tuple[Any, ...]) -> Any:
        """A call whose kind was not found. A guard takes no tensor twice: which are one is part of the kind then."""
        numbers: dict[int, int] = {}
        which = [numbers.setdefault(id(one), len(numbers)) for one in there]
        if len(numbers) == len(there):
            return self._first(key, there, arguments)
        key, there = (*key, *which), [*dict.fromkeys(there)]
        way = next((way for fits, way in self.kept.get(key, ()) if fits(there)), None)
        if way is None:
            return self._first(key, there, arguments)
        found = way.run(arguments[: self.tensors])
        return self.function(*arguments) if found is None else found

    def _first(self, key: tuple[Any, ...], there: Sequence[torch.Tensor], arguments: tuple[Any, ...]) -> Any:
        """The first call of its kind, which is made the long way and watched."""
        if not triton_here() or _Guards is None or not _plain(there):
            return self.function(*arguments)
        from kernels.launch.plan import plan, recording

        fits = _guard(there)
        with recording() as launches, _listing() as seen:
            found = self.function(*arguments)
        way: Any
        if torch.is_grad_enabled() and any(one.requires_grad for one in there):
            way = route(seen, arguments[: self.tensors], found)
        else:
            alone = isinstance(found, torch.Tensor)
            results = dict(zip(self.results, (found,) if alone else found, strict=True))
            given = dict(zip(self.names, arguments, strict=False))
            way = plan(launches, given, results, self.rooms, self.aliases, alone)
        if self.kinds >= MOST:
            self.forget()
        self.kept.setdefault(key, []).append((fits, way or _LONG))
        self.kinds += 1
        return found

    def forget(self) -> None:
        """Drops all that is kept."""
        self.kept.clear()
        self.kinds = 0


@contextlib.contextmanager
def _listing() -> Iterator[list[tuple[Any, tuple[Any, ...], Any]]]:
    """Within it, what this thread applies of `autograd.Function`s is listed."""
    found: list[tuple[Any, tuple[Any, ...], Any]] = []
    applied.lists.append(found)
    try:
        yield found
    finally:
        applied.lists.pop()


def forget() -> None:
    """Drops all plans: where kernels go has changed."""
    for one in Planned.every:
        one.forget()
