"""A demo of the course, run outside the sandbox in a Python of its own: what a GPU is asked for."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
import torch

from grader import device_run
from grader.grading import Cancel, Cancelled
from lessons.schema import Budget, Demo

SOURCE = """
import os, sys, torch
from tutor import live

for step in range(3):
    live.log({"cost": 1 / (1 + step)}, step=step)
print("drawn:", torch.rand(1).item(), os.path.isdir("data"), __name__)
print("to stderr", file=sys.stderr)
"""


def demo(source: str) -> Demo:
    return Demo(
        id="shown", lesson="l", title="Shown", covers=(), seed=3, facts=(), budget=Budget(), path=Path("shown.py"),
        source=source,
    )  # fmt: skip


def ran(source: str, folder: Path, device: str = "cpu", cancel: Cancel | None = None) -> tuple[Any, str]:
    said: list[str] = []
    run = device_run.run(
        demo(source), said.append, lambda event: None, cancel or Cancel(), device=device, folder=folder
    )
    return run, "".join(said)


@pytest.mark.slow
def test_it_prints_and_logs_as_in_the_sandbox(tmp_path: Path) -> None:
    run, said = ran(SOURCE, tmp_path)
    torch.manual_seed(3)
    assert (run.status, run.message) == ("passed", "")
    assert f"drawn: {torch.rand(1).item()} True __main__\n" in said and "to stderr" in said
    assert {event["name"] for event in run.events if event["type"] == "curve"} == {"cost"}


@pytest.mark.slow
def test_what_it_raises_is_shown(tmp_path: Path) -> None:
    run, said = ran("x = 1\nx.nothing\n", tmp_path)
    assert run.status == "error" and "AttributeError" in said and "shown.py" in said
    run, _ = ran("import os\nos._exit(7)\n", tmp_path)
    assert (run.status, run.message) == ("crashed", "The demo's process has ended with the code 7.")


def test_it_can_be_cancelled(tmp_path: Path) -> None:
    cancel = Cancel()
    threading.Timer(0.5, cancel.set).start()
    with pytest.raises(Cancelled):
        ran("import time\ntime.sleep(120)\n", tmp_path, cancel=cancel)


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a GPU")
def test_without_a_gpu_it_says_so(tmp_path: Path) -> None:
    run, said = ran("print('never')\n", tmp_path, device="cuda")
    assert run.status == "error" and said == "" and run.message.startswith("PyTorch sees no NVIDIA GPU here.")
