"""What one program of a launch does is recorded line by line, as plain data."""

from __future__ import annotations

import json
from typing import Any

import pytest
import torch
import triton
import triton.language as tl

from kernels.inspect import steps
from kernels.inspect.memory import OutOfBounds

pytestmark = pytest.mark.usefixtures("watched")


@triton.jit
def doubled(values):
    twice = 2 * values
    return twice


@triton.jit
def rows(x, out, n, stride, BOUND: tl.constexpr, BLOCK: tl.constexpr):
    row = tl.program_id(0)
    i = tl.arange(0, BLOCK)
    values = tl.load(x + row * stride + i, mask=i < BOUND, other=0.0)
    place = out + row * n + i
    tl.store(place, doubled(values), mask=i < n)


def recorded(program: int, bound: int = 3, rows_of: int = 2) -> tuple[dict[str, Any], torch.Tensor]:
    x = torch.arange(2.0 * rows_of).reshape(rows_of, 2)
    out = torch.empty(rows_of, 2)
    recorder = steps.Recorder(__file__, program)
    with recorder.recording():
        try:
            rows[(rows_of,)](x, out, 2, 2, BOUND=bound, BLOCK=4)
        except OutOfBounds:
            assert bound > 2
    report = recorder.report()
    json.dumps(report)  # plain data
    return report["launches"][0], out


def test_each_line_has_its_values_and_its_accesses() -> None:
    told, out = recorded(1, bound=2)
    assert out.tolist() == [[0.0, 2.0], [4.0, 6.0]]
    assert (told["kernel"], told["grid"], told["place"], told["fault"]) == ("rows", [2], "1", None)
    assert told["constants"] == {"n": 2, "stride": 2, "BOUND": 2, "BLOCK": 4}
    assert told["tensors"][0] == {"name": "x", "shape": [2, 2], "strides": [2, 1], "dtype": "float32"}
    by_source = {one["source"]: one for one in told["steps"]}
    assert by_source["row = tl.program_id(0)"]["values"] == [
        {"name": "row", "shape": [], "dtype": "int32", "rows": [[1]]}
    ]
    load = next(one for one in told["steps"] if one["accesses"] and one["accesses"][0]["does"] == "loads")
    access = load["accesses"][0]
    assert (access["done"], access["lanes"], access["mask"]) == (2, 4, [[True, True, False, False]])
    assert access["tensors"] == [{"name": "x", "first": 2, "last": 3}]
    assert load["values"] == [{"name": "values", "shape": [4], "dtype": "fp32", "rows": [[2.0, 3.0, 0.0, 0.0]]}]
    assert by_source["place = out + row * n + i"]["values"][0]["into"] == {"name": "out", "first": 2, "last": 5}
    twice = by_source["twice = 2 * values"]
    assert twice["inside"] == "doubled" and twice["values"][0]["rows"] == [[4.0, 6.0, 0.0, 0.0]]
    assert by_source["tl.store(place, doubled(values), mask=i < n)"]["accesses"][0]["does"] == "stores"


def test_a_fault_is_named_with_its_line_and_its_program() -> None:
    told, _ = recorded(0, bound=3, rows_of=2)
    assert told["place"] == "0" and len(told["steps"]) >= 5, "the program that was asked for is told all the same"
    assert told["fault"]["program"] == 1 and "program 1 reads x[4], and x has 4 elements" in told["fault"]["message"]
    assert told["fault"]["line"] is not None
    told, _ = recorded(1, bound=3, rows_of=2)
    assert [one["source"] for one in told["steps"]] == ["row = tl.program_id(0)", "i = tl.arange(0, BLOCK)"]


def test_where_there_are_fewer_programs_it_is_the_last_one() -> None:
    assert recorded(7, bound=2)[0]["place"] == "1"


def test_kernels_of_other_files_and_launches_beyond_the_first_are_left_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from kernels.inspect import warming

    monkeypatch.setattr(steps, "MOST_LAUNCHES", 2)
    monkeypatch.setattr(steps, "MOST_STEPS", 3)
    recorder = steps.Recorder(__file__)
    x, out = torch.zeros(2, 2), torch.empty(2, 2)
    with recorder.recording():
        warming.launch()
        for _ in range(3):
            rows[(2,)](x, out, 2, 2, BOUND=2, BLOCK=4)
    report = recorder.report()
    assert [one["kernel"] for one in report["launches"]] == ["rows", "rows"] and report["left_out"] == 1
    assert len(report["launches"][0]["steps"]) == 3 and report["launches"][0]["left_out"] > 0
