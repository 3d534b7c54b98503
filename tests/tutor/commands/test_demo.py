"""What a demo draws, in plain lines and in files."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tutor.process import tutor

OWN = """\
import matplotlib.pyplot as plt
from tutor import live

print("before")
plt.scatter([0, 1], [1, 0], c=["black", "white"])
plt.title("two")
plt.show()
print("between")
for i in range(20):
    plt.clf(); plt.plot([0, i]); plt.pause(0.01)
live.show([[0, 255], [255, 0]], title="check")
for step in range(3):
    live.log({"loss": 1 / (step + 1)}, step=step)
print("after")
"""


@pytest.fixture
def own(home: Path) -> None:
    path = home / "demos" / "broadcasting" / "column.py"
    path.parent.mkdir(parents=True)
    path.write_text(OWN)


@pytest.mark.usefixtures("own")
def test_figures_stand_in_order_and_curves_at_the_end(tmp_path: Path) -> None:
    table = tmp_path / "made" / "curves.csv"
    done = tutor("demo", "broadcasting/column", "--mine", "--curves", table)
    assert done.code == 0, done.err
    order = [
        "before",
        "two: 2 points in 2 colours",
        "between",
        "check",
        "after",
        "[a line from y = 0 to 19",
        "step   loss",
    ]
    places = [done.out.index(words) for words in order]
    assert places == sorted(places) and done.out.count("[a line") == 1 and done.out.isascii()
    assert done.out.endswith("loss 1 -> 0.333 in 2 steps\n")
    assert list(csv.reader(table.read_text().splitlines()))[:2] == [["step", "loss"], ["0", "1.0"]]


@pytest.mark.usefixtures("own")
def test_curves_as_json(tmp_path: Path) -> None:
    assert tutor("demo", "broadcasting/column", "--mine", "--curves", tmp_path / "a.json").code == 0
    assert json.loads((tmp_path / "a.json").read_text())["curves"]["loss"]["steps"] == [0, 1, 2]


def test_curves_in_another_form_are_refused_before_anything_runs(home: Path, tmp_path: Path) -> None:
    done = tutor("demo", "broadcasting/column", "--curves", tmp_path / "a.png")
    assert done.code == 2 and "--curves writes .csv or .json, and a.png is neither" in done.err and done.out == ""


@pytest.mark.slow
def test_outside_the_tutor_show_prints_a_picture_and_matplotlib_is_its_own() -> None:
    source = (
        "import matplotlib; matplotlib.use('agg')\nimport matplotlib.pyplot as plt\nfrom tutor import live\n"
        "figure, axes = plt.subplots(); axes.plot([1, 2, 3], label='a'); axes.set_title('T')\n"
        "live.show(figure)\nlive.show([[0, 1], [1, 0]], title='check')\nprint(plt.get_backend(), plt.get_fignums())"
    )
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, timeout=120, check=True)
    assert "[T: a line (a) from y = 1 to 3" in done.stdout and "check" in done.stdout
    assert done.stdout.endswith("agg [1]\n") and done.stdout.isascii() and done.stderr == ""


def test_a_copy_of_ones_own_is_never_run_there() -> None:
    done = tutor("demo", "residual-networks/conv-block", "--mine", "--device", "cuda")
    assert done.code == 2 and "--device runs the demo as the course has it" in done.err
