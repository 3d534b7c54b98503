"""`dl-tutor data`, and code that names a data set: it is made where it is missing, and said to be a stand-in."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import pytest

from grader.grading import Grader
from lessons.data import mirror
from lessons.data.catalogue import IDX, named
from tests.tutor.process import start, tutor
from tests.tutor.terminal import Terminal


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DL_TUTOR_DATA", str(tmp_path / "sets"))
    return tmp_path / "sets"


def real(folder: Path) -> None:
    """Four files that no note calls a stand-in."""
    for name in IDX:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"x" * 1000)


@pytest.mark.slow
def test_what_there_is_and_where(elsewhere: Path) -> None:
    done = tutor("data", "list")
    assert done.code == 0 and "mnist: MNIST, not here; digits28 is made when it is needed\n" in done.out
    assert "the real one: dl-tutor data fetch fashion-mnist (31 MB); licence: MIT\n" in done.out
    made = tutor("data", "make", "mnist")
    assert made.code == 0 and made.out == f"{elsewhere / 'MNIST'}\n" and "Making digits28: " in made.err
    records = {one["id"]: one for one in json.loads(tutor("data", "list", "--json").out)["data_sets"]}
    assert records["mnist"]["state"] == "stand-in" and records["fashion-mnist"]["state"] == "absent"
    assert tutor("data", "where").out == f"{elsewhere}\n"
    assert tutor("data", "where", "digits28").out == f"{elsewhere / 'MNIST'}\n"


@pytest.mark.slow
def test_a_terminal_sees_how_far_it_is(elsewhere: Path) -> None:
    command = [sys.executable, "-c", "from tutor.cli import main; main()", "data", "make", "mnist"]
    terminal = Terminal(command, {**os.environ, "TERM": "xterm"}, cwd=str(Path(__file__).parents[3]))
    try:
        terminal.wait("Making digits28", "digits28  [####", "100%", str(elsewhere)[:30])
    finally:
        terminal.close()


@pytest.mark.slow
def test_the_real_one_is_kept(elsewhere: Path) -> None:
    real(elsewhere / "MNIST")
    assert "mnist: MNIST, the real one is here (0 MB)" in tutor("data", "list").out
    assert tutor("data", "fetch", "mnist").err.startswith("MNIST is already here: ")
    kept = tutor("data", "make", "mnist")
    assert kept.code == 1 and kept.err == "The real MNIST is here; --replace would remove it.\n"
    assert tutor("data", "make", "mnist", "--replace").code == 0
    one = named("mnist")
    assert one is not None and mirror.state(one, elsewhere) == "stand-in"


def test_a_name_that_is_none() -> None:
    done = tutor("data", "make", "fashon-mnist")
    assert done.code == 2 and "Did you mean `fashion-mnist`?" in done.err


READS = """
import os
from torchvision.datasets import MNIST

for root in (".", "data"):
    data = MNIST(root, train=False, download=True)
    print(root, len(data), data[0][1])
try:
    open("data/MNIST/mine", "w")
except OSError as error:
    print(error)
with open("mine", "w") as file:
    file.write("kept")
print(sorted(os.listdir()))
"""


@pytest.mark.slow
def test_code_reads_it_by_name_and_cannot_change_it() -> None:
    said: list[str] = []
    with Grader(allow_level_1=True) as grader:
        grader.warm()  # as the app does, before there is any data set
        first = grader.run(READS, name="reads.py", on_output=lambda text, _: said.append(text))
        assert first.status == "passed", first
        text = "".join(said)
        assert text.startswith(
            "[digits28 is being made, which takes a few seconds and happens once.]\n[MNIST is not here; "
        )
        assert ". 360 " in text and "data 360 " in text and "['MNIST', 'data', 'mine']" in text
        if "landlock" in grader.host.layers:
            assert "Permission denied: 'data/MNIST/mine'" in text
        said.clear()
        assert grader.run(READS, name="reads.py", on_output=lambda text, _: said.append(text)).status == "passed"
        assert "".join(said).startswith("[MNIST is not here; digits28 stands in for it")


@pytest.mark.slow
def test_a_verdict_says_what_was_read() -> None:
    start("random-bits", "import torch\nSET = 'MNIST'\ndef random_bits(n, generator): return torch.zeros(n)\n")
    done = tutor("grade", "random-bits", "--format", "json")
    (used,) = json.loads(done.out)["data"]
    assert (used["id"], used["name"], used["real"]) == ("mnist", "digits28", False)
    assert "MNIST is not here; digits28 stands in for it" in tutor("grade", "random-bits").out


def test_what_cannot_be_made_is_a_sentence(elsewhere: Path) -> None:
    elsewhere.write_text("a file in its place")
    start("random-bits", "SET = 'MNIST'\n")
    done = tutor("grade", "random-bits")
    assert done.code == 3 and "cannot be written" in " ".join(done.out.split())
