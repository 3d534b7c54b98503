"""What all our modules have in common: their options beside PyTorch's, and that a trace takes each as a whole."""

import functools
from collections.abc import Callable
from typing import Any

import torch

from kernels.dispatch.choice import checked_backend


class WithBackend:
    """A mixin before a module, whose arguments it takes: `backend=` in addition, which is refused where it is unknown.

    It is no part of the state: a state dict of PyTorch's module loads, and the other way round.
    """

    backend: str | None = None

    def __init__(self, *arguments: Any, backend: str | None = None, **named: Any) -> None:
        checked_backend(backend, type(self).__name__)
        super().__init__(*arguments, **named)
        self.backend = backend

    def options(self) -> list[str]:
        """The options that are not as they mostly are, as `repr` shows them."""
        return [] if self.backend is None else [f"backend={self.backend!r}"]

    def extra_repr(self) -> str:
        inherited: str = super().extra_repr()  # type: ignore[misc]
        return ", ".join([*([inherited] if inherited else []), *self.options()])


class WithRelu(WithBackend):
    """The same with `relu=`: whether a ReLU follows, in the same pass."""

    relu: bool = False

    def __init__(self, *arguments: Any, relu: bool = False, backend: str | None = None, **named: Any) -> None:
        super().__init__(*arguments, backend=backend, **named)
        self.relu = relu

    def options(self) -> list[str]:
        return [*(["relu=True"] if self.relu else []), *super().options()]


def leaf(forward: Callable[..., Any]) -> Callable[..., Any]:
    """Marks a module's `forward`: `torch.fx` traces a call of the module as one node, as it does PyTorch's modules."""

    @functools.wraps(forward)
    def run(module: Any, *arguments: Any, **named: Any) -> Any:
        for one in (*arguments, *named.values()):
            if isinstance(one, torch.fx.Proxy):
                path = one.tracer.path_of_module(module)  # type: ignore[attr-defined]
                return one.tracer.create_proxy("call_module", path, arguments, named)
        return forward(module, *arguments, **named)

    return run


def hooked(module: torch.nn.Module) -> bool:
    """Whether somebody waits for this module to be called."""
    return any(
        getattr(module, name, None)
        for name in ("_forward_hooks", "_forward_pre_hooks", "_backward_hooks", "_backward_pre_hooks")
    )
