"""The simulation of a large class: what must come out where one can say it beforehand."""

from __future__ import annotations

from dataclasses import replace

import pytest

from benchmarks.scale.__main__ import lines_of, table
from benchmarks.scale.measured import Measured
from benchmarks.scale.simulation import Setting, simulate

EVEN = Setting(errands=1000, services=[2.0], client=0.0, boot=3.0)


@pytest.mark.parametrize("workers", [1, 10, 100])
def test_even_work_takes_its_share(workers: int) -> None:
    run = simulate(EVEN, workers, 1)
    assert run.seconds == pytest.approx(3.0 + 2.0 * 1000 / workers) and run.again == 0
    assert run.busy == pytest.approx(2000 / workers / run.seconds) and run.client == 0


def test_more_workers_than_the_client_can_serve_make_nothing_faster() -> None:
    slow = replace(EVEN, client=0.1)
    few, many = simulate(slow, 100, 1), simulate(slow, 200, 1)
    assert many.client > 0.95 and many.seconds > 0.1 * 1000 and few.seconds == pytest.approx(many.seconds, rel=0.05)


def test_the_same_seed_is_the_same_run_and_all_is_judged_whoever_dies() -> None:
    mixed = replace(EVEN, services=[0.5, 2.0, 9.0], client=0.001, lives=300.0)
    first, again = simulate(mixed, 20, 4), simulate(mixed, 20, 4)
    assert first == again != simulate(mixed, 20, 5)
    assert first.again > 0 and first.seconds > simulate(replace(mixed, lives=0.0), 20, 4).seconds
    assert simulate(replace(mixed, errands=1), 20, 4).seconds < 60


def test_the_tables_have_a_row_for_each_number_of_workers() -> None:
    found = Measured(answers=24, services=[3.0, 3.0], boot=1.0, client=0.01, cpu=0.2)
    lines = table(found, 1200, 1)
    assert len(lines) == 10 and lines[2].startswith("| 1 | 5.0 min | 1.0 |")
    assert "| dask, per errand of up to 12 submissions | not measured |" in lines_of(found)
    assert "| a submission on its worker | 250 ms |" in lines_of(found)
