"""How many answers of a class are judged in a second, beside what others need for the same functions. Prints a table.

    .venv/bin/python -m benchmarks.batch [--learners 200] [--exercises 10] [--rival-learners 5] [--no-rivals]
                                         [--environments DIR] [--more 2000]

A class is made of the course's own solutions and recorded mistakes, half and half, and judged by `dl-grader class`
from the start of the process to its end: sandbox, verdicts, names of mistakes, feedback sheets, tables. Functions are
counted, of which an exercise may have several; classes and modules that an exercise asks for beside them are judged too
and not counted. nbgrader and otter-grader judge notebooks with the same functions on the same inputs, as many as
--rival-learners; they are installed with pip into environments of their own, kept in DIR where one is named. --more N
judges a second class, of N learners with one exercise, and says what memory both took. Run it on an idle machine: the
load is printed.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.batch import classroom, rivals
from benchmarks.grader import memory
from lessons.loading.loader import load_course

RIVALS = {
    "nbgrader": (("nbgrader==0.9.6",), rivals.nbgrader),
    "otter-grader": (("otter-grader==7.0.0", "ipykernel"), rivals.otter),
}
"""What is installed, and what measures it; the versions that the adapters were written for."""
TORCH_RUNS = 3


@dataclass(frozen=True)
class Run:
    """One run of `dl-grader class`. memory: MiB of all its processes together, at most, each page counted once."""

    seconds: float
    judged: int
    memory: float


def whole_memory(pid: int) -> float:
    """MiB of a process and all that it has started: shared pages are counted in parts."""
    total, todo = 0.0, [pid]
    while todo:
        one = todo.pop()
        try:
            total += memory(one, "Pss:")
            for task in Path(f"/proc/{one}/task").iterdir():
                todo += [int(child) for child in (task / "children").read_text().split()]
        except (OSError, StopIteration):
            continue
    return total


def ours(some: list[classroom.Task], handed: list[dict[str, str]], folder: Path) -> Run:
    """Judges a class as a teacher does."""
    classroom.write(folder / "class", handed)
    command = [sys.executable, "-P", "-m", "grader", "class", str(folder / "class"), "--out", str(folder / "out")]
    command += ["--seed", str(classroom.SEED), *(word for one in some for word in ("--exercise", one.exercise))]
    began = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    most, over = [0.0], threading.Event()

    def watch() -> None:
        while not over.wait(0.5):
            most[0] = max(most[0], whole_memory(process.pid))

    thread = threading.Thread(target=watch)
    thread.start()
    process.wait()
    seconds = time.perf_counter() - began
    over.set()
    thread.join()
    rows = (folder / "out" / "verdicts.csv").read_text(encoding="utf-8").splitlines()
    return Run(seconds, len(rows) - 1, most[0])


def fresh_torch() -> float:
    """Seconds that a Python needs to import torch: the median."""
    found = []
    for _ in range(TORCH_RUNS):
        began = time.perf_counter()
        subprocess.run([sys.executable, "-c", "import torch"], check=True)
        found.append(time.perf_counter() - began)
    return sorted(found)[len(found) // 2]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--learners", type=int, default=200)
    parser.add_argument("--exercises", type=int, default=10)
    parser.add_argument("--rival-learners", type=int, default=5)
    parser.add_argument("--no-rivals", action="store_true")
    parser.add_argument("--environments", type=Path)
    parser.add_argument("--more", type=int, default=0)
    options = parser.parse_args()
    cores, unit = os.cpu_count() or 1, fresh_torch()
    some = classroom.tasks(load_course(), options.exercises)
    handed = classroom.answers(some, options.learners)
    print(f"{platform.platform()}, {cores} cores, Python {platform.python_version()}; load {os.getloadavg()[0]:.1f}")
    each = sum(len(one.functions) for one in some)
    print(f"a fresh Python imports torch in {unit:.2f} s; {len(some)} exercises with {each} functions:")
    print(f"{', '.join(one.exercise for one in some)}\n")
    print(f"{'':<16} {'functions':>9} {'seconds':>8} {'a second and core':>18} {'a torch and core':>17}")

    def row(name: str, count: int, seconds: float, on: int) -> float:
        rate = count / seconds / on
        print(f"{name:<16} {count:>9} {seconds:>8.1f} {rate:>18.2f} {rate * unit:>17.1f}")
        return rate

    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        run = ours(some, handed, folder)
        own = row("dl-grader class", each * len(handed), run.seconds, cores)
        assert run.judged == len(some) * len(handed), "an answer has no verdict"
        if not options.no_rivals:
            for name, (packages, measure) in RIVALS.items():
                place = (options.environments or folder) / name
                try:
                    programs = rivals.environment(place, *packages)
                    (work := folder / f"{name}-work").mkdir()
                    found = measure(programs, work, some, handed[: options.rival_learners])
                except (rivals.RivalError, OSError) as error:
                    print(f"{name:<16} not measured: {error}")
                    continue
                count = each * options.rival_learners
                rate = row(name, count, found.seconds, 1)
                print(
                    f"{'':<16} {own / rate:.0f} times as many with dl-grader; {found.right} of {count} taken for right"
                )
        print(f"\nmemory of all processes at most: {run.memory:.0f} MiB with {len(handed)} learners", end="")
        if options.more:
            (again := folder / "more").mkdir()
            more = ours(some[:1], classroom.answers(some[:1], options.more), again)
            print(f", {more.memory:.0f} MiB with {options.more} and one exercise", end="")
        print()


if __name__ == "__main__":
    main()
