"""`dl-tutor bench kernels`: a table of this machine, made by another process."""

from __future__ import annotations

import pytest

from kernels.bench.catalogue import ROWS
from tests.turns import turn
from tests.tutor.process import own_process, tutor


@pytest.mark.slow
@pytest.mark.skipif(turn(3) > 0, reason="compiles for a minute: every third day")
def test_the_table_of_one_operation() -> None:
    done = own_process("bench", "kernels", "batch_norm")
    assert done.code == 0, done.err
    assert "ours µs" in done.out and "batch_norm" in done.out
    assert "Without a GPU our operations are PyTorch's own" in done.out


@pytest.mark.slow
def test_what_cannot_be_measured_is_a_sentence() -> None:
    done = own_process("bench", "kernels", "softmax")
    assert (done.code, done.out) == (2, "")
    assert "'softmax' is no operation: there are batch_norm" in done.err


def test_its_help_names_all_that_can_be_measured() -> None:
    help_text = " ".join(tutor("bench", "kernels", "--help").out.split())
    assert all(name in help_text for name in ROWS)
