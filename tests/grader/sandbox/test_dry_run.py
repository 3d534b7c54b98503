"""The dry run of a worker: it does what workers do, and leaves nothing but quicker code."""

from __future__ import annotations

import linecache
import random
import subprocess
import sys
from typing import Any

import numpy as np
import pytest
import torch

from grader.sandbox import dry_run, worker
from grader.sandbox.player import Player, Reply


def test_it_leaves_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    def state() -> list[object]:
        names = set(sys.modules), set(linecache.cache), sys.stdout, torch.is_grad_enabled()
        return [*names, random.getstate(), str(np.random.get_state()), torch.get_rng_state().tolist()]

    dry_run.play()  # what it imports stays, and is imported now
    before = state()
    dry_run.play()
    assert state() == before and capsys.readouterr().out == ""


@pytest.mark.slow
def test_it_imports_nothing_that_workers_would_carry_along() -> None:
    program = """
import sys
import numpy.random
from grader.judge import process
from grader.sandbox import dry_run
numpy.random.seed(0)  # as the zygote does
before = set(sys.modules)
dry_run.play()
print(sorted(name for name in set(sys.modules) - before if "." not in name))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout.strip()) == (0, "[]"), done.stderr


def test_it_goes_through_all_that_workers_do_for_each_case(monkeypatch: pytest.MonkeyPatch) -> None:
    played: list[str] = []

    def play(message: dict[str, Any], player: Player) -> Reply:
        played.append(message["op"])
        return Reply(value=1, seen={})

    monkeypatch.setattr(dry_run, "TIMES", 1)
    monkeypatch.setattr(worker, "play", play)
    dry_run.play()
    assert set(played) == {"call", "new", "method", "backward", "grads"}


def test_an_error_of_its_own_is_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dry_run, "SOURCE", "def double(values):\n    return values.nothing\n")
    before = sys.stdout
    with pytest.raises(AssertionError, match="nothing"):
        dry_run.play()
    assert sys.stdout is before and dry_run.NAME not in linecache.cache
