"""How long a verdict takes: warm, cold, and what of it is a bare fork. Prints a table.

    .venv/bin/python benchmarks/grading.py [RUNS]

*Warm verdict*: source handed to the grader -> Verdict, zygote ready. *Cold grade*: start of `python -m grader` -> its
exit. The exercise is the course's first; the answer is its reference, so every case is played.
"""

from __future__ import annotations

import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from grader.grading import Grader
from grader.sandbox.session import Session
from lessons.loader import load_course

EXERCISE, PART = "mixed-list", "convert"


def timed(action: Callable[[], object], runs: int) -> list[float]:
    """Seconds of each run."""
    found = []
    for _ in range(runs):
        began = time.perf_counter()
        action()
        found.append(time.perf_counter() - began)
    return sorted(found)


def row(name: str, seconds: list[float]) -> str:
    p50, p95 = statistics.median(seconds), seconds[int(0.95 * (len(seconds) - 1))]
    return f"{name:<44} {len(seconds):>5} {seconds[0] * 1e3:>9.1f} {p50 * 1e3:>9.1f} {p95 * 1e3:>9.1f}"


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    exercise = load_course().exercise(EXERCISE)
    assert exercise is not None
    right = (exercise.folder / "reference.py").read_text(encoding="utf-8")
    wrong = exercise.starter
    grader = Grader()
    began = time.perf_counter()
    grader.warm()
    boot = time.perf_counter() - began

    def passes() -> None:
        assert grader.grade(exercise, right, {}, parts=[PART]).passed

    def fails() -> None:
        assert not grader.grade(exercise, wrong, {}, parts=[PART]).passed

    def forks() -> None:
        with Session(grader.host, cpu=5) as session:
            assert session.script("", name="empty.py", seed=0, seconds=1).status == "passed"

    rows = [
        ("bare run: fork, lock, nothing, end", timed(forks, runs)),
        ("warm verdict, right answer", timed(passes, runs)),
        ("warm verdict, starter, with diagnosis", timed(fails, runs)),
    ]
    grader.close()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, f"{EXERCISE}.py")
        file.write_text(right, encoding="utf-8")
        command = [sys.executable, "-m", "grader", str(file)]
        rows.append(
            ("cold grade, process start to exit", timed(lambda: subprocess.run(command, capture_output=True), 5))
        )
    print(f"{platform.platform()}, Python {platform.python_version()}, {grader.host.versions}")
    print(f"zygote boot: {boot:.2f} s\n")
    print(f"{'':<44} {'runs':>5} {'min ms':>9} {'p50 ms':>9} {'p95 ms':>9}")
    for name, seconds in rows:
        print(row(name, seconds))


if __name__ == "__main__":
    main()
