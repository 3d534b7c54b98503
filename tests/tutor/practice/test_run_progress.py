"""What is said of something that runs."""

from __future__ import annotations

import pytest

from tutor.practice.run_progress import run_line

HALF = {"type": "progress", "done": 12, "total": 24, "left": 3.2}


@pytest.mark.parametrize(
    ("seconds", "event", "said"),
    [
        (1.25, None, "Running   1.2 s   Esc stops it"),
        (12.6, None, "Running   13 s   Esc stops it"),
        (75.0, HALF, "Running   1:15 min   ██████████░░░░░░░░░░ 12 of 24, about 3 s left   Esc stops it"),
        (2, {**HALF, "total": None, "left": None}, "Running   2.0 s   12 done   Esc stops it"),
        (2, {"type": "making", "name": "drawn-garments", "done": 0, "total": None, "left": None},
         "Running, making drawn-garments   2.0 s   Esc stops it"),
        (2, {"type": "made"}, "Running   2.0 s   Esc stops it"),
    ],
)  # fmt: skip
def test_the_line_of_a_run(seconds: float, event: dict[str, object] | None, said: str) -> None:
    assert run_line("Running", seconds, event) == said
