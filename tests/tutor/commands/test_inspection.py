"""`dl-tutor inspect`: a program of each kernel, line by line."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path

import pytest

from tests.tutor.process import tutor

FILE = """
import torch, triton
import triton.language as tl

@triton.jit
def half(x, out, n, BLOCK: tl.constexpr):
    i = tl.program_id(0) * BLOCK + tl.arange(0, BLOCK)
    values = tl.load(x + i, mask=i < {bound})
    tl.store(out + i, values / 2, mask=i < n)

if __name__ == "__main__":
    x = torch.arange(6.0)
    half[(2,)](x, torch.empty(6), 6, BLOCK=4)
    print("launched")
"""


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("triton") is None, reason="Triton is not installed")
def test_a_program_of_a_kernel_is_shown(tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(FILE.format(bound="n"))
    shown = tutor("inspect", file, "-p", "1")
    assert (
        shown.code == 0 and shown.out.startswith("half: 2 programs. This is program 1.\n") and "launched" in shown.err
    )
    assert "   8  values = tl.load(x + i, mask=i < n)\n        loads x[4] to x[5], 2 of 4 lanes\n" in shown.out
    data = json.loads(tutor("inspect", file, "--json").out)
    assert data["launches"][0]["program"] == 0 and data["launches"][0]["steps"][0]["values"][0]["name"] == "i"
    file.write_text(FILE.format(bound=8))
    broken = tutor("inspect", file)
    assert broken.code == 1 and "   8  ! program 1 reads x[6] to x[7] (2 lanes), and x has 6 elements" in broken.out
    assert broken.err.rstrip().endswith("is its mask right? (line 8)") and "To look at that program" in broken.out
    file.write_text("print('no kernel')\n")
    none = tutor("inspect", file)
    assert none.code == 0 and none.out.startswith("No kernel was launched while the file ran.")


def test_what_cannot_be_looked_into_is_said() -> None:
    assert tutor("inspect", "no-such").code == 2
