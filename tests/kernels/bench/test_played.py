"""make gpu, played as a whole where there is no GPU: all its processes, on one that is made believe."""

from __future__ import annotations

import csv
import time
from pathlib import Path

import pytest

pytest.importorskip("triton", reason="Triton has no build for this machine")

from kernels.bench import gpu
from kernels.bench.catalogue import ROWS
from kernels.dispatch import crossover

REPOSITORY = Path(gpu.__file__).parents[2]
SITE = """
import sys
own, sys.argv = sys.argv, [""]  # which says -m as yet, which kernels would refuse
from tests.kernels.bench.stand_in_gpu import install
install()
sys.argv = own
"""
EVERY = 12
"""Of so many tests one is played; a GPU does them all, in more processes than there are here."""


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_it_is_played_as_a_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "sitecustomize.py").write_text(SITE)
    for name, value in (
        ("PYTHONPATH", f"{tmp_path}:{REPOSITORY}"), ("XDG_CACHE_HOME", str(tmp_path)), ("OUT", str(tmp_path)),
        ("OMP_NUM_THREADS", "1"),
    ):  # fmt: skip
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(REPOSITORY)
    found = gpu.collected()
    assert len(found) > 50
    monkeypatch.setattr(gpu, "collected", lambda: found[::EVERY])
    monkeypatch.setattr(gpu, "WARMING", 2)
    monkeypatch.setattr(gpu, "TESTING", 2)
    start = time.monotonic()
    code, printed = gpu.main(), capfd.readouterr()
    said = printed.out + printed.err
    assert code == 0, said
    assert [line.split(",")[0] for line in said.splitlines() if line.startswith("== ")] == [
        "== compile: done", "== check: done", "== measure: done",
    ]  # fmt: skip
    assert "8 rows, 0 with a problem" in said and "not measured" not in said and "left out" not in said
    assert " skipped" not in said and " passed" in said
    with (tmp_path / "kernels.csv").open(encoding="utf-8") as file:
        measured = {row["name"].split("+")[0].split(" ")[0] for row in csv.DictReader(file)}
    assert measured == {"batch_norm", "conv2d", "attention", "luong_attention"} and len(ROWS) == len(measured)
    assert "A stand-in" in (tmp_path / "kernels.md").read_text(encoding="utf-8")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    kept = crossover.read(crossover.own_file("A stand-in"), "")
    assert kept is not None and any(one.endswith("gradient") for one in kept.least)
    assert time.monotonic() - start < 8 * 60
