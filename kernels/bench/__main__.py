"""python -P -m kernels.bench: the table of this machine.

python -P -m kernels.bench --quick              the course's sizes, in about a minute
python -P -m kernels.bench                      all sizes that this device has room for
python -P -m kernels.bench --keep               and uses our kernels here from where on they were faster
python -P -m kernels.bench --markdown FILE --csv FILE
python -P -m kernels.bench --warm 16            measures nothing: compiles what the rows need, in 16 processes
python -P -m kernels.bench --floors             what each row moves and computes, and its floor on an H200
"""

import argparse
import datetime
import platform
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import torch

from kernels.bench.catalogue import ROWS, chosen
from kernels.bench.child import Child
from kernels.bench.roofline import H200
from kernels.bench.row import Row
from kernels.bench.table import Line, append, brief, markdown, text
from kernels.dispatch import crossover
from kernels.dispatch.choice import triton_here

A_ROW = {"cuda": 90.0, "cpu": 3600.0}  # seconds, after which a row is given up


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


def crossovers(lines: list[Line]) -> dict[str, int | None]:
    """The smallest size of each kind from which on ours was faster at all larger ones.

    By itself the forward pass counts; with a gradient, both.
    """
    found: dict[str, int | None] = {}
    for kind in dict.fromkeys(line.kind for line in lines):
        own = [line for line in lines if line.kind == kind]
        found[kind] = _crossover([line for line in own if line.mode == "forward"])
        if any(line.mode == "backward" for line in own):
            found[f"{kind} gradient"] = _crossover(own)
    return found


def _crossover(lines: list[Line]) -> int | None:
    slow = max((line.size for line in lines if not line.faster_than(line.eager)), default=-1)
    return min((line.size for line in lines if line.size > slow), default=None)


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
    made.add_argument("--warm", type=int, metavar="N", help="measure nothing: compile what is needed, in N processes")
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
    end = time.monotonic() + (asked.seconds if asked.seconds is not None else 1e9)
    request: dict[str, Any] = {"backend": backend, "without": ["compile"] if asked.no_compile else []}
    rows = chosen(asked.operations or list(ROWS), backend, asked.quick, device)
    if asked.warm:
        return warm(rows, request, asked.warm, end)
    facts = machine(device)
    print(", ".join(f"{name} {value}" for name, value in facts.items()), file=sys.stderr, flush=True)
    lines: list[Line] = []
    with Child() as child:
        for line in measured(child, rows, request, end, A_ROW[device.type]):
            lines.append(line)
            print(brief(line), flush=True)
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


def measured(child: Child, rows: list[Row], request: dict[str, Any], end: float, a_row: float) -> Iterator[Line]:
    """The lines of the rows, until the time is up. A row that fails, or takes too long, is said and costs no other."""
    rates: dict[str, Any] = {}
    for place, row in enumerate(rows):
        left = end - time.monotonic()
        if left <= 0:
            print(f"{len(rows) - place} of {len(rows)} rows left out: the time was up.", file=sys.stderr, flush=True)
            return
        if not rates:
            for answer in child.ask({"do": "roofline"}, a_row):
                rates = answer
            if "problem" in rates:
                print(f"This device cannot be measured: {rates['problem']}", file=sys.stderr, flush=True)
                return
            said = ", ".join(f"{name} {rate / 1e12:,.1f}" for name, rate in rates["flops"].items())
            moved = f"{rates['bytes_a_second'] / 1e9:,.0f}"
            print(f"copies {moved} GB/s, multiplies (TFLOP/s) {said}", file=sys.stderr, flush=True)
        print(f"{place + 1}/{len(rows)} {row.name}", flush=True)
        for answer in child.ask({"do": "measure", "row": row.name, **rates, **request}, min(a_row, left + a_row / 4)):
            if "problem" in answer:
                print(f"  not measured: {answer['problem']}", flush=True)
            else:
                yield Line(**answer["line"])


def warm(rows: list[Row], request: dict[str, Any], processes: int, end: float) -> int:
    """Does each row once, side by side, so that what it needs is compiled. Returns 1 where one fails, else 0."""

    def some(own: list[Row]) -> list[str]:
        with Child() as child:
            problems: list[str] = []
            for row in own:
                if (left := end - time.monotonic()) <= 0:
                    return [*problems, f"{row.name}: the time was up"]
                found = child.ask({"do": "warm", "row": row.name, **request}, left)
                problems += [f"{row.name}: {one['problem']}" for one in found]
            return problems

    with ThreadPoolExecutor(processes) as pool:
        problems = [
            one for found in pool.map(some, [rows[place::processes] for place in range(processes)]) for one in found
        ]
    print("\n".join([*problems, f"{len(rows)} rows, {len(problems)} with a problem"]), flush=True)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
