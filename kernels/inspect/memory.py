"""The memory of one launch: what its kernel may touch, and which program has touched what.

A GPU says nothing of a read beside a tensor, nor of two programs that meet in one element: the result is wrong, now
and then. Interpreted, one program runs after the other in one thread, so that a kernel with either fault can even give
the right numbers. Here both are errors that say where.

A kernel sees no real addresses: each tensor lies in a space of its own, far from every other, so that a pointer beside
it is known for its own, and never for one into whatever happens to be its neighbour.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

NOBODY, SEVERAL = -1, -2
"""In the place of a program's number: none has touched the element; more than one has, or could have."""
SPACE = 41
"""Bits of the space of a tensor, in whose middle it lies."""
PAGE = 0xFFF
"""What of a real address a kernel's own has too, so that it is aligned alike."""
Pointers = np.ndarray[Any, np.dtype[np.uint64]]


class MemoryFault(Exception):
    """What a kernel does that no GPU would forgive; the text says what and where."""


class OutOfBounds(MemoryFault):
    """A load or a store of what belongs to no tensor of the launch."""


class Race(MemoryFault):
    """Two programs, or two lanes of one store, of which one writes what the other reads or writes."""


@dataclass(frozen=True)
class Region:
    """A tensor of the launch: its elements lie in the bytes from `low` to `high`; `first` is the first element's.

    These are addresses as the kernel has them; `real` is where the first element really lies.
    """

    name: str
    storage: int
    real: int
    first: int
    low: int
    high: int
    itemsize: int
    count: int
    flat: bool
    """Whether an element's distance from the first one is its index."""

    def holds(self, pointers: Pointers, itemsize: int) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Which of the addresses of `itemsize` bytes lie in it."""
        inside: np.ndarray[Any, np.dtype[np.bool_]] = (pointers >= self.low) & (pointers + itemsize <= self.high)
        return inside

    def place(self, pointer: int) -> int:
        """How many elements after the first one an address is."""
        return (pointer - self.first) // self.itemsize


def region_of(name: str, tensor: Any, number: int) -> Region:
    """The region of a tensor on the CPU, the `number`-th of its launch."""
    itemsize, real = tensor.element_size(), tensor.data_ptr()
    first = ((number + 1) << SPACE) + (1 << (SPACE - 1)) + (real & PAGE)
    steps = [(size - 1) * stride * itemsize for size, stride in zip(tensor.shape, tensor.stride(), strict=True)]
    empty = tensor.numel() == 0
    low = first + (0 if empty else sum(step for step in steps if step < 0))
    high = first + (0 if empty else sum(step for step in steps if step > 0) + itemsize)
    storage = tensor.untyped_storage().data_ptr()
    return Region(name, storage, real, first, low, high, itemsize, tensor.numel(), tensor.is_contiguous())


@dataclass
class _Book:
    """Who has touched the elements of a storage, each of `itemsize` bytes."""

    start: int
    itemsize: int
    readers: np.ndarray[Any, np.dtype[np.int32]]
    writers: np.ndarray[Any, np.dtype[np.int32]]

    def rows(self, pointers: Pointers, region: Region) -> np.ndarray[Any, np.dtype[np.int64]]:
        """The places of a region's elements in the storage."""
        return (pointers.astype(np.int64) + (region.real - region.first - self.start)) // self.itemsize


@dataclass
class Memory:
    """The tensors of a launch by the names of the kernel's parameters, and what its programs have done so far."""

    grid: tuple[int, ...]
    tensors: Mapping[str, Any]
    locks: bool = False
    """Whether programs wait for each other, so that who comes first can be known."""
    regions: list[Region] = field(default_factory=list)
    books: dict[int, _Book] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.regions = [region_of(name, one, number) for number, (name, one) in enumerate(self.tensors.items())]
        for region, tensor in zip(self.regions, self.tensors.values(), strict=True):
            if region.storage not in self.books:
                rows = -(-tensor.untyped_storage().nbytes() // region.itemsize)
                fresh = np.full((2, rows), NOBODY, dtype=np.int32)
                self.books[region.storage] = _Book(region.storage, region.itemsize, *fresh)

    def address_of(self, tensor: Any) -> int:
        """Where the kernel finds a tensor that the launch was given."""
        like = tensor.data_ptr(), tensor.dtype, tensor.shape, tensor.stride()
        for region, (_, one) in zip(self.regions, self.tensors.items(), strict=True):
            if (one.data_ptr(), one.dtype, one.shape, one.stride()) == like:
                return region.first
        return int(tensor.data_ptr())

    def region_at(self, pointer: int) -> Region | None:
        """The tensor in whose space an address is."""
        number = (pointer >> SPACE) - 1
        return self.regions[number] if 0 <= number < len(self.regions) else None

    def real(self, pointers: Pointers) -> Pointers:
        """The real addresses; what is in the space of no tensor stays as it is."""
        spaces = pointers >> np.uint64(SPACE)
        found = pointers.copy()
        for number, region in enumerate(self.regions, 1):
            here = spaces == number
            if here.any():
                found[here] = (pointers[here].astype(np.int64) + (region.real - region.first)).astype(np.uint64)
        return found

    def read(self, pointers: Pointers, itemsize: int, program: int) -> list[Region]:
        """Enters a load of the addresses. Gives the tensors that it reads. Raises MemoryFault."""
        touched = []
        for region, here in self._found(pointers, itemsize, "reads", program):
            touched.append(region)
            book = self.books[region.storage]
            rows = book.rows(here, region)
            writers = book.writers[rows]
            other = (writers != NOBODY) & (writers != program)
            if other.any() and not self.locks:
                at = int(np.flatnonzero(other)[0])
                wrote = self._program(int(writers[at]))
                element = _element(region, int(here[at]))
                raise Race(
                    f"{self._program(program)} reads {element}, which {wrote} writes: "
                    "on a GPU nobody knows which of them comes first"
                )
            readers = book.readers[rows]
            book.readers[rows] = np.where((readers == NOBODY) | (readers == program), program, SEVERAL)
        return touched

    def write(
        self, pointers: Pointers, values: Any, itemsize: int, program: int, held: Callable[[], Any]
    ) -> list[Region]:
        """Enters a store of values at the addresses. Raises MemoryFault. held: what they hold now."""
        touched = []
        found = list(self._found(pointers, itemsize, "writes", program))
        self._lanes(pointers, values, found, program)
        for region, here in found:
            touched.append(region)
            book = self.books[region.storage]
            rows = book.rows(here, region)
            writers, readers = book.writers[rows], book.readers[rows]
            wrote = (writers != NOBODY) & (writers != program)
            read = (readers != NOBODY) & (readers != program)
            if (wrote.any() or read.any()) and not self.locks:
                inside = pointers >> np.uint64(SPACE) == region.first >> SPACE
                other = (wrote | read) & (_bits(values)[inside] != _bits(held())[inside])
                if other.any():  # the same value once more changes nothing
                    at = int(np.flatnonzero(other)[0])
                    who, does = (writers, "writes as well") if wrote[at] else (readers, "reads")
                    theirs = self._program(int(who[at]))
                    raise Race(
                        f"{self._program(program)} writes {_element(region, int(here[at]))}, which {theirs} {does}: "
                        "on a GPU nobody knows which of them comes first"
                    )
            book.writers[rows] = program
        return touched

    def update(self, pointers: Pointers, itemsize: int, program: int) -> list[Region]:
        """Enters an atomic update, which no other one can come between. Raises OutOfBounds."""
        touched = []
        for region, here in self._found(pointers, itemsize, "updates", program):
            touched.append(region)
            book = self.books[region.storage]
            book.writers[book.rows(here, region)] = SEVERAL
        return touched

    def _found(self, pointers: Pointers, itemsize: int, does: str, program: int) -> Iterator[tuple[Region, Pointers]]:
        """The tensors of the launch that the addresses lie in, each with its addresses."""
        spaces = pointers >> np.uint64(SPACE)
        for space in dict.fromkeys(spaces.tolist()):
            here = pointers[spaces == space]
            region = self.region_at(int(here[0]))
            inside = region.holds(here, itemsize) if region is not None else np.zeros(here.shape, dtype=bool)
            if region is None or not inside.all():
                raise OutOfBounds(self._beside(region, here[~inside], does, program))
            yield region, here

    def _beside(self, region: Region | None, pointers: Pointers, does: str, program: int) -> str:
        who, places = self._program(program), sorted(map(int, pointers))
        if region is None:
            return f"{who} {does} what belongs to no tensor of the launch: is it a pointer at all?"
        size = f"{region.count:,} element" + "s" * (region.count != 1)
        first, last = region.place(places[0]), region.place(places[-1])
        name = region.name
        where = f"{name}[{first}]" if first == last else f"{name}[{first}] to {name}[{last}]"
        many = f" ({len(places)} lanes)" if len(places) > 1 else ""
        if not region.flat:
            where = where.replace(f"{name}[", f"{name} + ").replace("]", "")
            return f"{who} {does} at {where}{many}, which is outside of the {size} of {name}: is its mask right?"
        return f"{who} {does} {where}{many}, and {name} has {size}: is its mask right?"

    def _lanes(self, pointers: Pointers, values: Any, found: list[tuple[Region, Pointers]], program: int) -> None:
        """Raises Race where two lanes write different values to one address."""
        order = np.argsort(pointers, kind="stable")
        sorted_, bits = pointers[order], _bits(values)[order]
        twice = (sorted_[1:] == sorted_[:-1]) & (bits[1:] != bits[:-1])
        if twice.any():
            pointer = int(sorted_[1:][twice][0])
            region = next(one for one, here in found if (here == pointer).any())
            raise Race(
                f"{self._program(program)} writes two different values to {_element(region, pointer)} in one store: "
                "nobody knows which of them stays"
            )

    def _program(self, number: int) -> str:
        return "another program" if number == SEVERAL else f"program {place_of(number, self.grid)}"


def place_of(number: int, grid: tuple[int, ...]) -> str:
    """A program's place in the grid, as text: 3, or (1, 0) where there are two axes."""
    places: list[int] = []
    for size in reversed(grid):
        number, place = divmod(number, size)
        places.insert(0, place)
    while len(places) > 1 and grid[len(places) - 1] == 1:
        places.pop()
    return str(places[0]) if len(places) == 1 else f"({', '.join(map(str, places))})"


def _element(region: Region, pointer: int) -> str:
    place = region.place(pointer)
    return f"{region.name}[{place}]" if region.flat else f"{region.name} + {place}"


def _bits(values: Any) -> Any:
    """Values as integers of the same size, in which NaN is equal to itself."""
    values = np.ascontiguousarray(values)
    return values.view(f"u{values.itemsize}")
