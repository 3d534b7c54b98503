"""A launch of a kernel line by line, in plain lines: for the command, and for the page that shows it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

from grader.records.inspection import Inspection, KernelStep, LaunchSteps, Number, Places, Tile, TileAccess
from grader.report.counted import counted

NOTHING = (
    'No kernel was launched while the file ran. Call your function at its end, below `if __name__ == "__main__":`, '
    "with a small tensor."
)
CELLS = 16
"""Numbers of a tile that are shown in a line."""
LONGEST = 4
"""Rows of a tile that are shown."""
ON, OFF = "#", "."


def lines(inspection: Inspection) -> Iterator[str]:
    """All launches of a run."""
    if not inspection.launches:
        yield NOTHING
    for place, launch in enumerate(inspection.launches):
        if place:
            yield ""
        yield from heading(launch)
        for step in launch.steps:
            yield ""
            yield source_line(step)
            yield from detail(step)
        yield from end(launch)
    if inspection.left_out:
        yield f"{counted(inspection.left_out, 'more launch is', 'more launches are')} not shown."


def heading(launch: LaunchSteps) -> Iterator[str]:
    """What was launched, and which of its programs is looked at."""
    count = math.prod(launch.grid)
    programs = "1 program" if count == 1 else f"{count:,} programs"
    grid = f", a grid of {_shape(launch.grid)}" if len(launch.grid) > 1 else ""
    yield f"{launch.kernel}: {programs}{grid}. This is program {launch.place}."
    widest = max((len(one.name) for one in launch.tensors), default=0)
    for one in launch.tensors:
        strides = ", ".join(map(str, one.strides))
        yield f"  {one.name:{widest}}  {_shape(one.shape)} {one.dtype}" + (f", strides {strides}" if strides else "")
    if launch.constants:
        yield "  " + ", ".join(f"{name} = {_number(value)}" for name, value in launch.constants.items())


def source_line(step: KernelStep) -> str:
    return f"{step.line:4}  {step.source}"


def detail(step: KernelStep) -> Iterator[str]:
    """What a line has done, indented."""
    for access in step.accesses:
        yield from (f"        {text}" for text in _access(access))
    for tile in step.values:
        yield from (f"        {text}" for text in _tile(tile))


def end(launch: LaunchSteps) -> Iterator[str]:
    """What there is beyond the steps: an error, or more of them."""
    if launch.left_out:
        yield f"      {'1 more line was' if launch.left_out == 1 else f'{launch.left_out:,} more lines were'} run."
    if launch.fault is not None:
        at = f"{launch.fault.line:4}  " if launch.fault.line is not None else "      "
        yield f"{at}! {launch.fault.message}"
        if launch.fault.program != launch.program:
            yield f"      To look at that program: --program {launch.fault.program}"


def _access(access: TileAccess) -> Iterator[str]:
    where = " and ".join(_places(one) for one in access.tensors) or "nothing: the mask lets no lane through"
    some = f"{access.done} of {access.lanes} lanes" if access.done < access.lanes else f"all {access.lanes} lanes"
    yield f"{access.does} {where}" + (f", {some}" if access.tensors and access.lanes > 1 else "")
    if 0 < access.done < access.lanes:
        yield from (f"  mask  {row}" for row in _rows(access.mask, access.shape))


def _tile(tile: Tile) -> Iterator[str]:
    if tile.into is not None:
        yield f"{tile.name} points to {_places(tile.into)}"
        return
    if not tile.shape:
        yield f"{tile.name} = {_number(tile.rows[0][0]) if tile.rows and tile.rows[0] else '?'}"
        return
    mask = bool(tile.rows and tile.rows[0]) and isinstance(tile.rows[0][0], bool)
    yield f"{tile.name}: " + (f"a mask of {_shape(tile.shape)}" if mask else f"{_shape(tile.shape)} {tile.dtype}")
    yield from (f"  {row}" for row in _rows(tile.rows, tile.shape))


def _rows(rows: Sequence[Sequence[Number]], shape: Sequence[int]) -> Iterator[str]:
    """The first rows of a tile; a mask as a picture, 32 lanes of it."""
    height = math.prod(shape[:-1]) if len(shape) > 1 else 1
    for row in rows[:LONGEST]:
        if row and all(isinstance(one, bool) for one in row):
            shown = "".join(ON if one else OFF for one in row)
            more = shape[-1] > len(row)
        else:
            shown = " ".join(_number(one) for one in row[:CELLS])
            more = bool(shape) and shape[-1] > CELLS
        yield shown + (" …" if more else "")
    if height > min(len(rows), LONGEST):
        yield "…"


def _places(one: Places) -> str:
    return f"{one.name}[{one.first}]" if one.first == one.last else f"{one.name}[{one.first}] to {one.name}[{one.last}]"


def _shape(shape: Sequence[int]) -> str:
    return " x ".join(f"{size:,}" for size in shape) or "a number of"


def _number(value: Number) -> str:
    if isinstance(value, float):
        return f"{value:.4g}"
    return f"{value:,}" if type(value) is int else str(value)
