"""The command, for the tests of its verbs."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
from collections.abc import Iterable
from contextlib import ExitStack, chdir
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner

from grader.grading import Grader
from grader.sandbox.host import Host

BIN = Path(sys.executable).parent

RIGHT = (
    "import torch\n\ndef random_bits(shape, generator=None):\n    return torch.rand(shape, generator=generator) < 0.5\n"
)
WRONG = "import torch\n\ndef random_bits(shape, generator=None):\n    return torch.rand(shape, generator=generator)\n"
CONVERT = """\
import torch

def describe_conversion(items):
    try:
        return True, torch.tensor(items).dtype
    except Exception:
        return False, None
"""
TABLE = (
    "A-B=none, A-C=2x5x2, A-D=none, A-E=2x1x2, A-F=none, B-C=2x1x5x3, B-D=none, B-E=2x1x1x3, B-F=2x1x5x3, "
    "C-D=5x5, C-E=5x1, C-F=5x3, D-E=1x5, D-F=none, E-F=5x3"
)


class Done(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


def tutor(*words: str | Path, stdin: str = "", cwd: Path | None = None, **env: str) -> Done:
    """The command in this process, with a zygote that all calls share: what it does is the same, and costs a tenth.

    What is about the process itself - how it starts, ends and is stopped - is tested with `own_process`.
    """
    from tutor import cli

    with ExitStack() as stack:
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        for name, value in env.items():
            patch.setenv(name, value)
        patch.setattr("grader.grading.Host", _host)
        patch.setattr(Grader, "close", leave)
        stack.enter_context(chdir(cwd or Path(os.environ["DL_TUTOR_HOME"]).parent))
        done = CliRunner().invoke(cli.main, list(map(str, words)), input=stdin, prog_name="dl-tutor")
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Done(done.exit_code, done.stdout, done.stderr)


def own_process(*words: str | Path) -> Done:
    """The command in a process of its own."""
    command = [str(BIN / "dl-tutor"), *map(str, words)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=170, env=dict(os.environ))
    assert "Traceback" not in done.stderr, done.stderr
    return Done(done.returncode, done.stdout, done.stderr)


_hosts: dict[tuple[str, ...], Host] = {}


def _host(*, data: Iterable[Path]) -> Host:
    """The host that reads these data sets, started once."""
    key = tuple(map(str, data))
    if key not in _hosts:
        _hosts[key] = Host(data=map(Path, key))
        atexit.register(_hosts[key].close)
    return _hosts[key]


def leave(grader: Grader) -> None:
    """In the place of Grader.close: the zygote stays."""
    if grader._idle is not None:
        grader._idle.cancel()


def start(exercise: str, text: str) -> Path:
    """The learner's file for an exercise, with this text in it."""
    path = Path(tutor("start", exercise).out.strip())
    path.write_text(text)
    return path


def parts(home: Path | None = None) -> dict[str, dict[str, Any]]:
    """`EXERCISE.PART` -> its entry in `progress --json`."""
    env: dict[str, Any] = {"DL_TUTOR_HOME": str(home)} if home else {}
    found = tutor("progress", "--json", **env).data
    return {f"{one['id']}.{part['id']}": part for one in found["exercises"] for part in one["parts"]}
