"""Curves in files."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pytest

from tutor.learner.curve_files import as_csv, as_json, read, write, write_both

CURVES = {"train/loss": [(0, 2.0), (1, 0.5), (2, math.nan)], "val/loss": [(0, 2.5), (2, math.inf)], "=1+1": [(0, 0.1)]}


def test_a_column_for_each_curve() -> None:
    assert as_csv(CURVES) == "step,train/loss,val/loss,'=1+1\n0,2.0,2.5,0.1\n1,0.5,,\n2,nan,inf,\n"


def test_a_step_that_comes_twice_has_two_rows() -> None:
    assert as_csv({"x": [(0, 1.0), (1, 2.0), (0, 3.0)]}) == "step,x\n0,1.0\n0,3.0\n1,2.0\n"


def test_json_holds_what_is_no_number_as_text() -> None:
    data = json.loads(as_json(CURVES), parse_constant=lambda name: pytest.fail(name))
    assert data["format"] == 1 and data["curves"]["train/loss"] == {"steps": [0, 1, 2], "values": [2.0, 0.5, "nan"]}


def test_what_was_written_is_read_again(tmp_path: Path) -> None:
    paths = write_both(CURVES, tmp_path / "made" / "mine.v1")
    assert [path.name for path in paths] == ["mine.v1.csv", "mine.v1.json"]
    back = read(paths[1])
    assert back.keys() == CURVES.keys() and repr(back) == repr(CURVES)
    assert paths[0].read_text() == as_csv(CURVES)


def test_another_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"written as .csv or .json, and a.txt is neither"):
        write(CURVES, tmp_path / "a.txt")


@pytest.mark.parametrize(
    "text", ["[]", "{}", '{"format": 1}', '{"format": 1, "curves": {"a": {"steps": [1], "values": []}}}', "x"]
)
def test_a_file_of_something_else_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(text)
    with pytest.raises(ValueError):
        read(path)
