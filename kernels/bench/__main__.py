"""python -P -m kernels.bench: the table of this machine.

python -P -m kernels.bench --quick              the course's sizes, in about a minute
python -P -m kernels.bench                      all sizes that this device has room for
python -P -m kernels.bench --keep               and uses our kernels here from where on they were faster
python -P -m kernels.bench --markdown FILE --csv FILE
python -P -m kernels.bench --floors             what each row moves and computes, and its floor on an H200
"""

import argparse
import datetime
import platform
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import torch

from kernels.bench import attention_rows, batch_norm_rows, conv_rows
from kernels.bench.measure import measure_row
from kernels.bench.roofline import H200, Roofline, measure_roofline
from kernels.bench.row import Row
from kernels.bench.table import Line, append, markdown, text
from kernels.bench.timing import Clock
from kernels.dispatch import crossover
from kernels.dispatch.choice import triton_here

ROWS: dict[str, Callable[[str], Iterator[Row]]] = {
    "batch_norm": batch_norm_rows.rows,
    "conv": conv_rows.rows,
    "attention": attention_rows.rows,
    "luong": attention_rows.luong_rows,
}
LARGEST_ON_A_CPU = 2**32  # the size of a row: what takes seconds a call there is left out


def machine(device: torch.device) -> dict[str, str]:
    """What a figure depends on: the device, the versions, the day."""
    name = torch.cuda.get_device_name(device) if device.type == "cuda" else f"CPU, {torch.get_num_threads()} threads"
    version = "none"
    if triton_here():
        from importlib.metadata import version as installed

        version = installed("triton")
    return {
        "device": name,
        "torch": str(torch.__version__),
        "triton": version,
        "python": platform.python_version(),
        "date": datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
    }


def chosen(operations: list[str], backend: str, quick: bool, device: torch.device) -> list[Row]:
    """The rows that are asked for and that the device has room for."""
    found = [row for name in operations for row in ROWS[name](backend)]
    if quick:
        found = [row for row in found if row.quick]
    if device.type != "cuda":
        found = [row for row in found if row.dtype == torch.float32 and row.size <= LARGEST_ON_A_CPU]
    return found


def crossovers(lines: list[Line]) -> dict[str, int | None]:
    """The smallest size of each operation from which on ours was faster, forward and backward, at all larger ones."""
    found: dict[str, int | None] = {}
    for operation in dict.fromkeys(line.operation for line in lines):
        own = [line for line in lines if line.operation == operation]
        slow = [line.size for line in own if not line.faster_than(line.eager)]
        fast = sorted(line.size for line in own if line.size > max(slow, default=-1))
        found[operation] = fast[0] if fast else None
    return found


def floors(rows: list[Row]) -> Iterator[str]:
    """The bytes and operations of each row, counted, and the least time that an H200 needs: arithmetic only."""
    yield f"{'what':60} {'mode':8} {'MB':>9} {'GFLOP':>9} {'floor µs':>9} {'predicted':>9}"
    for row in rows:
        for mode, moved, operations, predicted in zip(
            ("forward", "backward"), row.moved, row.operations, row.predicted, strict=True
        ):
            floor = H200.microseconds(moved, operations, row.dtype)
            guess = "" if predicted is None else f"{predicted:,.0f}"
            yield f"{row.name:60} {mode:8} {moved / 1e6:9,.1f} {operations / 1e9:9,.1f} {floor:9,.1f} {guess:>9}"


def parser() -> argparse.ArgumentParser:
    made = argparse.ArgumentParser(prog="python -P -m kernels.bench", description="Times our kernels beside PyTorch's.")
    made.add_argument(
        "operations", nargs="*", metavar="OPERATION", help=f"some of {', '.join(ROWS)}; all when left out"
    )
    made.add_argument("--quick", action="store_true", help="the course's sizes only: about a minute")
    made.add_argument("--keep", action="store_true", help="use our kernels on this GPU from where on they were faster")
    made.add_argument("--floors", action="store_true", help="measure nothing: bytes, operations and floors on an H200")
    made.add_argument(
        "--no-compile", action="store_true", help="leave torch.compile out, which takes a while to compile"
    )
    made.add_argument("--csv", type=Path, metavar="FILE", help="add the lines to a CSV file, each when it is measured")
    made.add_argument("--markdown", type=Path, metavar="FILE", help="write the table as Markdown")
    made.add_argument("--seconds", type=float, default=None, metavar="N", help="start no further row after so long")
    return made


def main(arguments: list[str] | None = None) -> int:
    """The command. Returns 0, or 2 where what is asked for cannot be done."""
    asked = parser().parse_args(arguments)
    if unknown := [name for name in asked.operations if name not in ROWS]:
        print(f"{unknown[0]!r} is no operation: there are {', '.join(ROWS)}.", file=sys.stderr)
        return 2
    if asked.floors:
        print("\n".join(floors([row for name in asked.operations or ROWS for row in ROWS[name]("auto")])))
        return 0
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    gpu = device.type == "cuda"
    if asked.keep and not gpu:
        print(
            "--keep is for a GPU, and PyTorch sees none here. On the CPU our operations are PyTorch's.", file=sys.stderr
        )
        return 2
    backend = "triton" if gpu and triton_here() else "auto"
    facts = machine(device)
    print(", ".join(f"{name} {value}" for name, value in facts.items()), file=sys.stderr, flush=True)
    clock, start = Clock(device), time.monotonic()
    roofline = measure_roofline(clock)
    _print_roofline(roofline)
    without = frozenset({"compile"}) if asked.no_compile else frozenset()
    lines: list[Line] = []
    rows = chosen(asked.operations or list(ROWS), backend, asked.quick, device)
    for place, row in enumerate(rows):
        if asked.seconds is not None and time.monotonic() - start > asked.seconds:
            print(f"{len(rows) - place} of {len(rows)} rows left out: the time was up.", file=sys.stderr, flush=True)
            break
        print(f"{place + 1}/{len(rows)} {row.name}", file=sys.stderr, flush=True)
        for line in _measure(row, clock, roofline, backend, without):
            lines.append(line)
            if asked.csv:
                append(asked.csv, line, facts)
    if lines:
        print("\n".join(text(lines)), flush=True)
    if not gpu:
        print("Without a GPU our operations are PyTorch's own: what differs from eager here is what asking costs.")
    if asked.markdown:
        head = [
            f"Measured on {facts['date']} on: {facts['device']}; torch {facts['torch']}, triton {facts['triton']}.",
            "",
        ]
        asked.markdown.write_text("\n".join([*head, *markdown(lines)]) + "\n", encoding="utf-8")
    if asked.keep:
        table = crossover.Table(facts["device"], crossovers(lines), "")
        crossover.write(crossover.own_file(facts["device"]), table)
        print(f"Kept in {crossover.own_file(facts['device'])}.", file=sys.stderr)
    return 0


def _print_roofline(roofline: Roofline) -> None:
    rates = ", ".join(f"{str(dtype).split('.')[-1]} {rate / 1e12:,.1f}" for dtype, rate in roofline.flops.items())
    moved = f"{roofline.bytes_a_second / 1e9:,.0f}"
    print(f"copies {moved} GB/s, multiplies (TFLOP/s) {rates}", file=sys.stderr, flush=True)


def _measure(row: Row, clock: Clock, roofline: Roofline, backend: str, without: frozenset[str]) -> Iterator[Line]:
    """The lines of a row; one that fails, for want of memory or else, is said and costs no other."""
    try:
        yield from measure_row(row, clock, roofline, backend, without=without)
    except (RuntimeError, ValueError, NotImplementedError) as problem:
        first = (str(problem).splitlines() or [""])[0]
        print(f"  not measured: {type(problem).__name__}: {first}", file=sys.stderr, flush=True)
    finally:
        if clock.gpu:
            torch.cuda.empty_cache()


if __name__ == "__main__":
    sys.exit(main())
