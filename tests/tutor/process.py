"""The command in a process of its own, for the tests of its verbs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

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
    done = subprocess.run(
        [str(BIN / "dl-tutor"), *map(str, words)],
        input=stdin,
        capture_output=True,
        text=True,
        timeout=170,
        cwd=cwd or Path(os.environ["DL_TUTOR_HOME"]).parent,
        env={**os.environ, **env},
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Done(done.returncode, done.stdout, done.stderr)


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
