"""What a launch may touch, and who has touched what."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch

from kernels.inspect.memory import Memory, OutOfBounds, Race, place_of


def at(memory: Memory, tensor: torch.Tensor, *places: int) -> Any:
    return np.array([memory.address_of(tensor) + 4 * place for place in places], dtype=np.uint64)


def stored(memory: Memory, tensor: torch.Tensor, values: list[float], program: int, *places: int) -> None:
    held = torch.tensor([0.0 if place >= len(tensor) else float(tensor[place]) for place in places]).numpy()
    memory.write(at(memory, tensor, *places), np.array(values, dtype=np.float32), 4, program, lambda: held)
    for place, value in zip(places, values, strict=True):
        tensor[place] = value


def test_what_lies_beside_every_tensor_is_named_by_the_nearest_one() -> None:
    x, out = torch.zeros(10), torch.zeros(1, 3)
    memory = Memory((4,), {"x": x, "out": out})
    assert [one.name for one in memory.read(at(memory, x, 0, 9), 4, 0)] == ["x"]
    said = r"program 3 reads x\[10\] to x\[12\] \(3 lanes\), and x has 10 elements: is its mask right\?"
    with pytest.raises(OutOfBounds, match=said):
        memory.read(at(memory, x, 12, 10, 11), 4, 3)
    with pytest.raises(OutOfBounds, match=r"program 0 reads x\[-1\], and x has 10 elements"):
        memory.read(at(memory, x, -1), 4, 0)
    with pytest.raises(OutOfBounds, match="what belongs to no tensor of the launch: is it a pointer at all"):
        memory.read(np.array([24], dtype=np.uint64), 4, 0)
    with pytest.raises(OutOfBounds, match=r"reads x\[100000000\], and x has 10 elements"):
        memory.read(at(memory, x, 100_000_000), 4, 0)  # however far, it is no other tensor's


def test_addresses_are_a_kernels_own_and_really_lead_to_the_tensor() -> None:
    x = torch.zeros(40)[8:]
    memory = Memory((1,), {"x": x, "y": torch.zeros(3), "again": x})
    place = memory.address_of(x)
    assert place != x.data_ptr() and place % 4096 == x.data_ptr() % 4096
    assert memory.real(at(memory, x, 0, 5)).tolist() == [x.data_ptr(), x.data_ptr() + 20]
    assert memory.real(np.array([7], dtype=np.uint64)).tolist() == [7]
    region = memory.region_at(place)
    assert region is not None and region.name == "x" and memory.region_at(7) is None


def test_of_a_view_only_its_own_extent_may_be_touched() -> None:
    whole = torch.zeros(6, 8)
    view = whole[1:3, 2:5]
    memory = Memory((1,), {"x": view})
    memory.read(at(memory, view, 0, 8 + 2), 4, 0)
    for place in (-1, 8 + 3):
        with pytest.raises(OutOfBounds, match=rf"x \+ {place}, which is outside of the 6 elements of x"):
            memory.read(at(memory, view, place), 4, 0)
    turned = Memory((1,), {"x": torch.zeros(3).expand(5, 3), "none": torch.zeros(0)})
    assert [region.high - region.low for region in turned.regions] == [12, 0]


def test_two_programs_that_write_different_values_to_one_element_are_a_race() -> None:
    out = torch.zeros(5)
    memory = Memory((2, 2), {"out": out})
    stored(memory, out, [1.0, float("nan")], 0, 0, 1)
    stored(memory, out, [1.0, float("nan")], 3, 0, 1)  # the same once more
    with pytest.raises(Race, match=r"program \(0, 1\) writes out\[0\], which program \(1, 1\) writes as well"):
        stored(memory, out, [2.0, 3.0], 1, 0, 4)
    stored(memory, out, [4.0], 3, 0)  # a program may write again what it wrote itself


def test_what_one_program_reads_no_other_may_write_nor_the_other_way_round() -> None:
    out = torch.zeros(5)
    memory = Memory((3,), {"out": out})
    memory.read(at(memory, out, 0, 1), 4, 0)
    memory.read(at(memory, out, 1), 4, 1)
    for place, reader in ((0, "program 0"), (1, "another program")):
        with pytest.raises(Race, match=rf"program 2 writes out\[{place}\], which {reader} reads"):
            stored(memory, out, [1.0], 2, place)
    stored(memory, out, [1.0], 0, 0)
    with pytest.raises(Race, match=r"program 2 reads out\[0\], which program 0 writes"):
        memory.read(at(memory, out, 0), 4, 2)


def test_one_store_has_one_value_for_an_element() -> None:
    out = torch.zeros(5)
    memory = Memory((1,), {"out": out})
    stored(memory, out, [1.0, 1.0], 0, 2, 2)
    with pytest.raises(Race, match=r"program 0 writes two different values to out\[2\] in one store"):
        stored(memory, out, [1.0, 2.0], 0, 2, 2)


def test_atomic_updates_may_meet_but_nobody_may_read_meanwhile() -> None:
    out = torch.zeros(5)
    memory = Memory((2,), {"out": out})
    memory.update(at(memory, out, 0), 4, 0)
    memory.update(at(memory, out, 0), 4, 1)
    with pytest.raises(Race, match=r"program 1 reads out\[0\], which another program writes"):
        memory.read(at(memory, out, 0), 4, 1)
    with pytest.raises(OutOfBounds):
        memory.update(at(memory, out, 5), 4, 1)
    memory.locks = True  # with a lock, who comes first is known
    memory.read(at(memory, out, 0), 4, 1)


def test_one_tensor_under_two_names_is_one_memory() -> None:
    x = torch.zeros(4)
    memory = Memory((2,), {"x": x, "out": x})
    memory.read(at(memory, x, 1), 4, 0)
    with pytest.raises(Race):
        stored(memory, x, [1.0], 1, 1)


@pytest.mark.parametrize(
    ("number", "grid", "said"),
    [(3, (4,), "3"), (3, (2, 2), "(1, 1)"), (5, (6, 1, 1), "5"), (5, (3, 1, 2), "(2, 0, 1)")],
)
def test_a_program_is_called_by_its_place(number: int, grid: tuple[int, ...], said: str) -> None:
    assert place_of(number, grid) == said
