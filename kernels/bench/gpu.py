"""python -P -m kernels.bench.gpu: all that a GPU is needed for, in eight minutes: make gpu.

Compile what the rows need, in 16 processes; check the kernels, in 14; then measure. It needs torch, Triton and pytest,
and nothing else of what this project needs.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

PYTEST = (
    sys.executable, "-m", "pytest", "--confcutdir", "tests/kernels", "-o", "addopts=", "--import-mode=importlib",
    "-q", "-p", "no:cacheprovider", "-W", "ignore::pytest.PytestConfigWarning", "-m", "gpu",
)  # fmt: skip
TESTS = "tests/kernels/test_on_gpu.py"
BENCH = (sys.executable, "-P", "-m", "kernels.bench")
WARMING, TESTING = 16, 14  # processes


class Step(NamedTuple):
    """One after another: commands that run side by side, and the seconds that they may take."""

    name: str
    commands: list[Sequence[str]]
    seconds: float


def shares(names: Sequence[str], processes: int) -> list[list[str]]:
    """The names dealt out to so many processes, none of which is left without."""
    return [list(names[place::processes]) for place in range(min(processes, len(names)))]


def collected() -> list[str]:
    """The tests that are there, by their names."""
    run = subprocess.run([*PYTEST, "--collect-only", TESTS], capture_output=True, text=True, timeout=60, check=False)
    return [line for line in run.stdout.splitlines() if "::" in line]


def steps(tests: Sequence[str], csv: str, table: str) -> Iterator[Step]:
    """All of it; the seconds sum up to less than eight minutes, beside the minute at the most that collecting takes."""
    warming = [*BENCH, "--warm", str(WARMING), "--seconds", "70"]
    yield Step("compile", [warming], 75)
    # each is told by its name, so that there need be no plugin that deals them out
    yield Step("check", [[*PYTEST, *own] for own in shares(tests, TESTING)], 90)
    yield Step("measure", [[*BENCH, "--seconds", "220", "--csv", csv, "--markdown", table, "--keep"]], 245)


def run(step: Step) -> bool:
    """Whether all commands of a step ended well, in time."""
    start = time.monotonic()

    def one(command: Sequence[str]) -> int:
        try:
            return subprocess.run(command, timeout=step.seconds, check=False).returncode
        except subprocess.TimeoutExpired:
            return 124

    with ThreadPoolExecutor(len(step.commands) or 1) as pool:
        codes = list(pool.map(one, step.commands))
    bad = [code for code in codes if code]
    said = f"{len(bad)} of {len(codes)} failed ({', '.join(map(str, sorted(set(bad))))})" if bad else "done"
    print(f"== {step.name}: {said}, {time.monotonic() - start:.0f} s", flush=True)
    return not bad


def main() -> int:
    """The command: 0 where all is well, 1 where a step failed. A step that fails keeps no other from its turn."""
    out = Path(os.environ.get("OUT", "."))
    found = [run(step) for step in steps(collected(), str(out / "kernels.csv"), str(out / "kernels.md"))]
    return 0 if all(found) else 1


if __name__ == "__main__":
    sys.exit(main())
