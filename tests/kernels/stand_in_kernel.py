"""A kernel that only counts how it is started, and functions that launch it."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import torch

from kernels.launch.launch import Launch
from kernels.ops.planned import Planned
from kernels.types import precision


class Kernel:
    """Stands in for a compiled kernel: counts how often it was started the long way, and lists with what the quick."""

    arg_names = ("x", "other", "y", "room", "scale", "SIZE")

    def __init__(self) -> None:
        self.long = 0
        self.quick: list[tuple[Any, ...]] = []
        self.pre_run_hooks: list[Any] = []
        self.compiled = SimpleNamespace(
            run=lambda *arguments: self.quick.append(arguments), function="function", packed_metadata="metadata"
        )

    def __getitem__(self, grid: tuple[int, ...]) -> Callable[..., Any]:
        def start(**_: Any) -> Any:
            self.long += 1
            return self.compiled

        return start

    def kept_of(self, run: Planned) -> list[Any]:
        """What a function has kept of its calls."""
        return [one for alike in run.kept.values() for one in alike]


Function = Callable[..., Any]


def call(kernel: Kernel, x: torch.Tensor, other: torch.Tensor | None = None, scale: float = 1.0) -> torch.Tensor:
    y, room = torch.empty_like(x), x.new_empty(5)
    named = {"x": x, "other": other, "y": y, "room": room, "scale": scale}
    Launch(kernel, (3,), named, {"SIZE": 8}).run()
    return y


def planned(kernel: Kernel, function: Function = call, **how: Any) -> Planned:
    return Planned(
        lambda *given: function(kernel, *given),
        ("x", "other"),
        ("y",),
        ("room",),
        state=precision.state_of_products,
        **how,
    )
