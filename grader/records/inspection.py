"""What one program of each launch of a kernel did, line by line, as kernels.inspect records it.

That process is a learner's. What it sends is taken in as these records or not at all.
"""

from __future__ import annotations

import msgspec

Number = bool | int | float | str
"""NaN and infinity are texts."""


class TensorShape(msgspec.Struct, frozen=True):
    """A tensor that a launch was given. strides: in elements."""

    name: str
    shape: tuple[int, ...]
    strides: tuple[int, ...]
    dtype: str


class Places(msgspec.Struct, frozen=True):
    """Elements of a tensor, counted from its first one in memory."""

    name: str
    first: int
    last: int


class Tile(msgspec.Struct, frozen=True):
    """A name's new value: its first rows and columns, or where its pointers lead."""

    name: str
    shape: tuple[int, ...]
    dtype: str
    rows: tuple[tuple[Number, ...], ...] = ()
    into: Places | None = None


class TileAccess(msgspec.Struct, frozen=True):
    """A load, a store or an atomic update. done: lanes that the mask lets through, of all `lanes`."""

    does: str
    shape: tuple[int, ...]
    lanes: int
    done: int
    mask: tuple[tuple[bool, ...], ...]
    tensors: tuple[Places, ...]


class KernelStep(msgspec.Struct, frozen=True):
    """A line that was run. inside: the function that it stands in."""

    line: int
    source: str
    inside: str
    values: tuple[Tile, ...]
    accesses: tuple[TileAccess, ...]


class Fault(msgspec.Struct, frozen=True):
    """What ended a launch: an access that no GPU would forgive."""

    message: str
    line: int | None
    program: int


class LaunchSteps(msgspec.Struct, frozen=True):
    """A launch, and what one of its programs did. place: that program's in the grid, as text."""

    kernel: str
    grid: tuple[int, ...]
    program: int
    place: str
    tensors: tuple[TensorShape, ...]
    constants: dict[str, Number]
    steps: tuple[KernelStep, ...]
    left_out: int
    """Steps beyond the first ones."""
    fault: Fault | None


class Inspection(msgspec.Struct, frozen=True):
    """The launches of a run."""

    launches: tuple[LaunchSteps, ...] = ()
    left_out: int = 0
    """Launches beyond the first ones."""
