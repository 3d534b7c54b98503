"""How a call whose gradient is wanted is made again: straight to its `autograd.Function`, without the way there."""

import threading
from collections.abc import Sequence
from typing import Any

import torch


class _Applied(threading.local):
    """The lists that this thread's `autograd.Function`s are written down in, with their arguments and results."""

    def __init__(self) -> None:
        self.lists: list[list[tuple[Any, tuple[Any, ...], Any]]] = []


applied = _Applied()


def differentiable(function: type[torch.autograd.Function], *arguments: Any) -> Any:
    """`function.apply` with these arguments, to be made again by a `Route` where it is all that a call does."""
    found = function.apply(*arguments)
    if torch.compiler.is_compiling():
        return found
    for one in applied.lists:
        one.append((function, arguments, found))
    return found


class Route:
    """A call that applies one `autograd.Function` to its own tensors and gives what that returns."""

    __slots__ = ("alone", "apply", "arguments", "places")

    def __init__(
        self, function: type[torch.autograd.Function], arguments: list[Any], places: list[tuple[int, int]], alone: bool
    ) -> None:
        # not Function.apply itself, which first looks for a transformation of torch.func; there is none (`Planned`)
        self.apply = super(torch.autograd.Function, function).apply  # type: ignore[misc]
        self.arguments, self.places, self.alone = arguments, places, alone

    def run(self, tensors: Sequence[torch.Tensor | None]) -> Any:
        """The results of a call with these tensors."""
        filled = self.arguments.copy()
        for place, which in self.places:
            filled[place] = tensors[which]
        found = self.apply(*filled)
        return found[0] if self.alone and type(found) is tuple else found


def route(
    seen: Sequence[tuple[Any, tuple[Any, ...], Any]], tensors: Sequence[torch.Tensor | None], found: Any
) -> Route | None:
    """What is kept of a call of these tensors that gave `found`, or None where it did more than apply one function."""
    if len(seen) != 1:
        return None
    function, arguments, results = seen[0]
    alone = isinstance(found, torch.Tensor)
    first = results[0] if alone and isinstance(results, tuple) else results
    if first is not found and not (
        isinstance(found, tuple) and len(found) == len(results) and all(map(_same, found, results))
    ):
        return None
    places, kept = [], list(arguments)
    for place, one in enumerate(arguments):
        if isinstance(one, torch.Tensor):
            which = next((which for which, given in enumerate(tensors) if given is one), None)
            if which is None:
                return None  # a copy or a view, to be made anew each time
            places.append((place, which))
            kept[place] = None
    return Route(function, kept, places, alone)


def _same(one: object, other: object) -> bool:
    return one is other
