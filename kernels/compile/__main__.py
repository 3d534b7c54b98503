"""python -P -m kernels.compile: what all kernels that we ship become on a GPU, without one.

python -P -m kernels.compile                     a table for sm_90
python -P -m kernels.compile --target sm_80 batch_norm
python -P -m kernels.compile --keep DIRECTORY    writes the figures that the tests hold the next change against
"""

import argparse
import sys
from pathlib import Path

import triton

from kernels.compile import shipped
from kernels.compile.compiler import TARGETS
from kernels.compile.report import report, save_figures, table


def main(arguments: list[str] | None = None) -> int:
    """The command. Returns 1 where a kernel has a fault, else 0."""
    parser = argparse.ArgumentParser(prog="python -P -m kernels.compile", description=(__doc__ or "").splitlines()[0])
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
        print("\n".join(table(found.items())), flush=True)
        faulty = faulty or any(one.faults() for one in found.values())
        if asked.keep:
            save_figures(asked.keep, operation, asked.target, found)
    return 1 if faulty else 0


if __name__ == "__main__":
    sys.exit(main())
