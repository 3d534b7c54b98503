"""The mirror: what lies in it, stand-ins that are whole or not there, and the notice on them."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from lessons.data import mirror
from lessons.data.catalogue import DATA_SETS, IDX, named

MNIST = named("mnist")
GARMENTS = named("drawn-garments")


@pytest.fixture(scope="module")
def digits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mirror")
    assert MNIST is not None
    mirror.make(MNIST, folder)
    return folder


@pytest.mark.slow
def test_a_set_is_absent_a_stand_in_or_real(digits: Path, tmp_path: Path) -> None:
    assert MNIST is not None and GARMENTS is not None
    assert mirror.state(MNIST, digits) == "stand-in" and mirror.state(GARMENTS, digits) == "absent"
    real = tmp_path / "FashionMNIST"
    for name in IDX[:3]:
        idx_file = real / name
        idx_file.parent.mkdir(parents=True, exist_ok=True)
        idx_file.write_bytes(b"x")
    assert mirror.state(GARMENTS, tmp_path) == "absent"
    (real / IDX[3]).write_bytes(b"x")
    assert mirror.state(GARMENTS, tmp_path) == "real"


def test_what_a_stand_in_is_stands_beside_it_and_in_the_notice(digits: Path, tmp_path: Path) -> None:
    assert MNIST is not None and GARMENTS is not None
    note = (digits / "MNIST" / mirror.NOTE).read_text()
    assert note.startswith("This is digits28: ") and "dl-tutor data fetch mnist" in note
    said = mirror.notice(MNIST, digits)
    assert said.startswith("MNIST is not here; digits28 stands in for it: ") and "not those of MNIST" in said
    assert mirror.notice(GARMENTS, tmp_path) == ""


def test_a_stand_in_that_was_made_otherwise_is_made_again(digits: Path, tmp_path: Path) -> None:
    assert MNIST is not None
    changed = replace(MNIST, about="other digits")
    assert mirror.state(MNIST, digits) == "stand-in" and mirror.state(changed, digits) == "absent"


@pytest.mark.slow
def test_an_excerpt_is_called_one(tmp_path: Path) -> None:
    glove = named("glove-excerpt")
    assert glove is not None
    mirror.make(glove, tmp_path)
    assert "stands in" not in mirror.note_text(glove) and "an excerpt of GloVe" in mirror.note_text(glove)
    assert "`dl-tutor data fetch glove` gets the whole set." in mirror.note_text(glove)
    said = mirror.notice(glove, tmp_path)
    assert said.startswith("GloVe is here in part, as glove-excerpt: ") and "They are real vectors" in said


@pytest.mark.slow
def test_two_that_make_it_at_a_time_both_end_with_it(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from lessons.data import catalogue, mirror;"
        "mirror.make(catalogue.named('mnist'), Path(sys.argv[1]))"
    )
    both = [subprocess.Popen([sys.executable, "-c", program, str(tmp_path)]) for _ in range(2)]
    assert [one.wait(120) for one in both] == [0, 0]
    assert MNIST is not None and mirror.state(MNIST, tmp_path) == "stand-in"
    assert [path.name for path in tmp_path.iterdir()] == ["MNIST"]


def test_what_cannot_be_made_leaves_nothing(tmp_path: Path) -> None:
    broken = replace(DATA_SETS[0], made_by="no_such_module", folder="Broken")
    with pytest.raises(mirror.DataError, match=r"drawn-garments could not be made: .*no_such_module"):
        mirror.make(broken, tmp_path)
    assert list(tmp_path.iterdir()) == []
    (tmp_path / "file").write_text("")
    with pytest.raises(mirror.DataError, match="cannot be written"):
        mirror.make(DATA_SETS[0], tmp_path / "file" / "below")


def test_where_it_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DL_TUTOR_HOME", str(tmp_path))
    monkeypatch.delenv("DL_TUTOR_DATA", raising=False)
    assert mirror.default() == tmp_path / "data-sets"
    monkeypatch.setenv("DL_TUTOR_DATA", str(tmp_path / "elsewhere"))
    assert mirror.default() == tmp_path / "elsewhere"
    monkeypatch.delenv("DL_TUTOR_HOME")
    monkeypatch.delenv("DL_TUTOR_DATA")
    assert mirror.default().parts[-2:] == ("dl-tutor", "data-sets")
