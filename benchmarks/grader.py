"""How long a verdict takes, and how much memory: ours and a fresh Python side by side, in one run. Prints a table.

    .venv/bin/python -m benchmarks.grader [--runs 200] [--row 1000]

*Warm verdict*: source handed to the grader -> Verdict, zygote ready; judge and worker both, at the level the machine
has. *Cold*: start of a process -> its exit. The exercise is the course's first and the answer its reference, so that
every case is played; the fresh Python imports torch and runs the same answer on one list, without a sandbox and without
judging. `--row N` makes N verdicts in a row in the end and says what has grown.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path

from grader.grading import Grader
from grader.protocol import wire
from grader.sandbox.endings import READY
from grader.sandbox.session import Session
from lessons.loading.loader import load_course
from lessons.schema import Exercise

EXERCISE, PART = "mixed-list", "convert"
COLD = 5
"""Runs of what takes seconds."""
AT_ONCE = (1, 2, 4, 8)
TYPING = 0.1
"""Seconds between two verdicts of somebody who types: those that are forked ahead wait by then."""
FRESH = """
import torch
items = [1, 2.5]
try:
    print(True, torch.tensor(items).dtype)
except Exception:
    print(False, None)
"""
NONCE = bytes(16)
OPTIMIZER = FRESH + "torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=0.1).step()\n"


def timed(action: Callable[[], object], runs: int) -> list[float]:
    """Seconds of each run, in order."""
    found = []
    for _ in range(runs):
        began = time.perf_counter()
        action()
        found.append(time.perf_counter() - began)
    return found


def p50_p95(seconds: list[float]) -> tuple[float, float]:
    ordered = sorted(seconds)
    return statistics.median(ordered), ordered[int(0.95 * (len(ordered) - 1))]


def row(name: str, seconds: list[float]) -> None:
    p50, p95 = p50_p95(seconds)
    print(f"{name:<52} {len(seconds):>5} {min(seconds) * 1e3:>9.1f} {p50 * 1e3:>9.1f} {p95 * 1e3:>9.1f}")


def run(*command: str) -> Callable[[], object]:
    return lambda: subprocess.run([sys.executable, *command], capture_output=True, check=True)


def memory(pid: int | None, field: str) -> float:
    """MiB of a field of /proc/PID/smaps_rollup."""
    text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    return int(next(line for line in text.splitlines() if line.startswith(field)).split()[1]) / 1024


def own_memory(grader: Grader) -> float:
    """MiB that a run has for itself, beside what it shares with the zygote."""
    found = [0.0]
    with Session(grader.host, cpu=5) as session:

        def look() -> None:
            time.sleep(0.3)
            if session.worker is not None:
                found[0] = memory(session.worker.pid, "Private_Dirty")

        thread = threading.Thread(target=look)
        thread.start()
        session.script("import time; time.sleep(0.6)", name="sleep.py", seed=0, seconds=2)
        thread.join()
    return found[0]


PHASES = (
    "of that: the zygote has forked",
    "it is confined, and says so",
    "an empty file has run",
    "it has ended, and its folder is empty",
)


def phases(grader: Grader, runs: int) -> list[list[float]]:
    """Seconds of each phase of a bare run with all layers, in each run."""
    found: list[list[float]] = [[] for _ in PHASES]
    for _ in range(runs):
        times = [time.perf_counter()]
        with Session(grader.host, cpu=5) as session:
            channel = session.start_worker()
            times.append(time.perf_counter())
            assert channel.recv(1) == READY
            times.append(time.perf_counter())
            load = {"op": "load", "source": "", "name": "empty.py", "seed": 0, "fixtures": "", "number": 1}
            channel.sendall(NONCE + wire.pack(load, NONCE))
            assert channel.recv(1 << 16)
            times.append(time.perf_counter())
            channel.close()
            while session.worker is not None and not session.worker.ended:
                grader.host.hear()
        times.append(time.perf_counter())
        for phase, (start, end) in zip(found, pairwise(times), strict=True):
            phase.append(end - start)
    return found


def at_once(count: int, exercise: Exercise, answer: str, verdicts: int) -> float:
    """Verdicts per second of `count` graders side by side."""
    graders = [Grader() for _ in range(count)]
    for grader in graders:
        grader.warm()

    def work(grader: Grader) -> None:
        for _ in range(verdicts):
            assert grader.grade(exercise, answer, {}, parts=[PART]).passed

    threads = [threading.Thread(target=work, args=(grader,)) for grader in graders]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken = time.perf_counter() - began
    for grader in graders:
        grader.close()
    return count * verdicts / taken


def in_a_row(grader: Grader, verdict: Callable[[], object], count: int) -> None:
    """Says what many verdicts leave behind."""
    before = memory(grader.host.pid, "Rss"), len(os.listdir("/proc/self/fd"))
    seconds = timed(verdict, count)
    after = memory(grader.host.pid, "Rss"), len(os.listdir("/proc/self/fd"))
    tenth = max(1, count // 10)
    first, last = p50_p95(seconds[:tenth])[0], p50_p95(seconds[-tenth:])[0]
    print(f"\n{count} verdicts in a row: p50 of the first tenth {first * 1e3:.1f} ms, of the last {last * 1e3:.1f} ms;")
    print(f"zygote {before[0]:.0f} -> {after[0]:.0f} MiB, open descriptors {before[1]} -> {after[1]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--row", type=int, default=0)
    options = parser.parse_args()
    exercise = load_course().exercise(EXERCISE)
    assert exercise is not None
    right = (exercise.folder / "reference.py").read_text(encoding="utf-8")
    grader = Grader()
    began = time.perf_counter()
    grader.warm()
    boot = time.perf_counter() - began

    def passes() -> None:
        assert grader.grade(exercise, right, {}, parts=[PART]).passed

    def fails() -> None:
        assert not grader.grade(exercise, exercise.starter, {}, parts=[PART]).passed

    def forks(walls: Sequence[str] | None = None) -> None:
        with Session(grader.host, cpu=5, walls=walls) as session:
            assert session.script("", name="empty.py", seed=0, seconds=1).status == "passed"

    print(f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}, {grader.host.versions}")
    print(f"sandbox level {grader.host.level}: {', '.join(grader.host.layers)}; load {os.getloadavg()[0]:.1f}\n")
    print(f"{'':<52} {'runs':>5} {'min ms':>9} {'p50 ms':>9} {'p95 ms':>9}")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, f"{EXERCISE}.py")
        file.write_text(right, encoding="utf-8")
        cold = timed(run("-c", FRESH), COLD)
        row("a fresh Python with torch, nothing judged", cold)
        row("the same with an optimizer", timed(run("-c", OPTIMIZER), COLD))
        row("our cold grade, dl-grader", timed(run("-P", "-m", "grader", "grade", str(file)), COLD))
    row("bare run: fork, level 1, nothing, end", timed(lambda: forks(()), options.runs))
    row("the same with Landlock", timed(lambda: forks(("landlock",)), options.runs))
    row("the same with all layers", timed(forks, options.runs))
    for name, seconds in zip(PHASES, phases(grader, options.runs), strict=True):
        row(f"  {name}", seconds)
    warm = timed(passes, options.runs)
    row("warm verdict, right answer", warm)
    waiting = []
    for _ in range(options.runs):
        grader.prepare(exercise, right)
        time.sleep(TYPING)
        waiting += timed(passes, 1)
    row("the same, judge and worker forked ahead", waiting)
    row("warm verdict, starter, with diagnosis", timed(fails, options.runs))
    times = [p50_p95(cold)[0] / p50_p95(one)[0] for one in (warm, waiting)]
    print(
        f"\na warm verdict is {times[0]:.0f} times as fast as a fresh Python, forked ahead {times[1]:.0f} times; ",
        end="",
    )
    print(f"zygote ready after {boot:.2f} s")
    print(
        f"memory: idle zygote {memory(grader.host.pid, 'Rss'):.0f} MiB; a run {own_memory(grader):.0f} MiB of its own"
    )
    for count in AT_ONCE:
        rate = at_once(count, exercise, right, max(10, options.runs // 4))
        print(f"{count} at once: {rate:.1f} verdicts a second")
    if options.row:
        in_a_row(grader, passes, options.row)
    grader.close()


if __name__ == "__main__":
    main()
