"""What a class costs, and how long a large one takes on 1 to 200 workers. Prints tables in Markdown.

    .venv/bin/python -m benchmarks.scale [--learners 24] [--exercises 10] [--submissions 100000] [--seed 1]

A small class is judged for real, on one zygote; then a large one is simulated from the seconds that its chunks took.
"""

from __future__ import annotations

import argparse
import math
import os
import platform
from importlib import metadata

from benchmarks.scale.measured import Measured, measured
from benchmarks.scale.simulation import Setting, simulate
from grader.batch.class_run import TO_A_JUDGE

WORKERS = (1, 2, 5, 10, 20, 50, 100, 200)
HOUR = 3600.0
LIVES = 10 * HOUR
"""For a cluster that loses machines: how long a worker lives in the mean."""


def lines_of(found: Measured) -> list[str]:
    """What was measured, as a table."""
    rows = (
        ("a submission on its worker", f"{found.service * 1e3:.0f} ms"),
        ("CPU time of that, judge and learner's code included", f"{found.cpu * 1e3:.0f} ms"),
        ("client, per submission: read, send, keep", f"{found.client / TO_A_JUDGE * 1e3:.1f} ms"),
        ("dask, per errand of up to 12 submissions", f"{found.wire * 1e3:.1f} ms" if found.wire else "not measured"),
        ("until a worker has its zygote", f"{found.boot:.1f} s"),
        ("memory of a worker's process", f"{found.program:.0f} MiB"),
        ("memory of its zygote", f"{found.zygote:.0f} MiB"),
        ("memory of a run for itself", f"{found.own:.0f} MiB"),
    )
    return ["| measured | |", "|---|---|", *(f"| {name} | {value} |" for name, value in rows)]


def table(found: Measured, submissions: int, seed: int) -> list[str]:
    """The simulated runs, as a table."""
    setting = Setting(
        errands=math.ceil(submissions / TO_A_JUDGE), services=found.services, client=found.client + found.wire,
        boot=found.boot,
    )  # fmt: skip
    dying = Setting(setting.errands, setting.services, setting.client, setting.boot, lives=LIVES)
    lines = [
        "| workers | time | times as fast | workers busy | client busy | with workers that die | errands sent again |",
        "|---|---|---|---|---|---|---|",
    ]
    alone = 0.0
    for count in WORKERS:
        calm, rough = simulate(setting, count, seed), simulate(dying, count, seed)
        alone = alone or calm.seconds
        lines.append(
            f"| {count} | {_span(calm.seconds)} | {alone / calm.seconds:.1f} | {100 * calm.busy:.0f} % | "
            f"{100 * calm.client:.0f} % | {_span(rough.seconds)} | {rough.again} |"
        )
    return lines


def _span(seconds: float) -> str:
    """`9 h 05 min`, or `4.2 min`."""
    if seconds < HOUR:
        return f"{seconds / 60:.1f} min"
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60:02} min"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--learners", type=int, default=24)
    parser.add_argument("--exercises", type=int, default=10)
    parser.add_argument("--submissions", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    load = os.getloadavg()[0]
    found = measured(options.learners, options.exercises, options.seed)
    versions = f"Python {platform.python_version()}, torch {metadata.version('torch')}"
    print(f"{platform.platform()}, {os.cpu_count()} cores, {versions}; load {load:.1f} before, ", end="")
    print(f"{os.getloadavg()[0]:.1f} after; {found.answers} submissions in {len(found.services)} errands\n")
    print(*lines_of(found), "", *table(found, options.submissions, options.seed), sep="\n")


if __name__ == "__main__":
    main()
