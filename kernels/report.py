"""python -m kernels.report: what all kernels that we ship become on a GPU, without one.

python -m kernels.report                     a table for sm_90
python -m kernels.report --target sm_80 batch_norm
python -m kernels.report --keep DIRECTORY    writes the figures that the tests hold the next change against
"""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import triton

from kernels import shipped
from kernels.compiler import TARGETS, Compiled, compiled
from kernels.launch import Launch, assuming

COLUMNS = ("registers", "stack", "shared", "wgmma", "mma", "loads", "wide_loads", "async_copies", "spills")


def version() -> str:
    """Triton's version as far as its code generator depends on it: "3.9"."""
    return ".".join(str(triton.__version__).split(".")[:2])


def launches(operation: str) -> Iterator[tuple[str, Launch]]:
    """The launches of an operation's shipped calls, each with a name of its own."""
    for call in shipped.OPERATIONS[operation]():
        for launch in call.launches():
            yield f"{call.name}: {launch.kernel.__name__}", launch


def report(operation: str, target: str) -> dict[str, Compiled]:
    """Compiles an operation's shipped launches for a target: name of the launch to what became of it."""
    with assuming(divmod(TARGETS[target], 10)):
        return {name: compiled(launch, target) for name, launch in launches(operation)}


def lines(found: Iterable[tuple[str, Compiled]]) -> Iterator[str]:
    """A table of them, with the faults below the line they are found in."""
    yield f"{'kernel':64} {'warps':>5} " + " ".join(f"{column:>{max(6, len(column))}}" for column in COLUMNS)
    for name, one in found:
        figures = one.figures()
        row = " ".join(f"{figures[column]:>{max(6, len(column))}}" for column in COLUMNS)
        yield f"{name:64} {one.warps:>5} {row}"
        yield from (f"  fault: {fault}" for fault in one.faults())


def kept(directory: Path, operation: str, target: str) -> dict[str, Any] | None:
    """The figures that were kept for this version of Triton, or None where there are none."""
    path = file(directory, operation, target)
    if not path.exists():
        return None
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def file(directory: Path, operation: str, target: str) -> Path:
    """Where the figures of an operation stand: one file an operation, a target and a version of Triton."""
    return directory / f"{operation}-{target}-triton-{version()}.json"


def main(arguments: list[str] | None = None) -> int:
    """The command. Returns 1 where a kernel has a fault, else 0."""
    parser = argparse.ArgumentParser(prog="python -m kernels.report", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("operations", nargs="*", help=f"some of {', '.join(shipped.OPERATIONS)}; all when left out")
    parser.add_argument("--target", choices=sorted(TARGETS), default="sm_90")
    parser.add_argument("--keep", type=Path, metavar="DIRECTORY", help="write the figures there")
    asked = parser.parse_args(arguments)
    if unknown := [name for name in asked.operations if name not in shipped.OPERATIONS]:
        parser.error(f"{unknown[0]!r} is no operation: there are {', '.join(shipped.OPERATIONS)}")
    print(f"Triton {triton.__version__}, {asked.target}", flush=True)
    faulty = False
    for operation in asked.operations or list(shipped.OPERATIONS):
        found = report(operation, asked.target)
        print("\n".join(lines(found.items())), flush=True)
        faulty = faulty or any(one.faults() for one in found.values())
        if asked.keep:
            figures = {name: one.figures() for name, one in found.items()}
            asked.keep.mkdir(parents=True, exist_ok=True)
            path = file(asked.keep, operation, asked.target)
            path.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main())
