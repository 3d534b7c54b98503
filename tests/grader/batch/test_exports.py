"""What the files of three systems say of names and times, and what is no file of theirs."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from grader.batch.assignment import HandedIn
from grader.batch.exports import exported
from grader.batch.learners import learners
from lessons.schema import Course

BERLIN = ZoneInfo("Europe/Berlin")
GRADESCOPE = """\
---
submission_41:
  :submitters:
  - :name: Grace Hopper
    :sid: '9'
  - :name: Jean Bartik
  :created_at: 2026-10-15 21:03:17.178542000 Z
  :score:
  :results: {tests: [{name: x}]}
submission_42:
  :submitters:
  - :name: Ada Lovelace
  :created_at: !ruby/object:ActiveSupport::TimeWithZone
    utc: &1 2026-10-16 01:02:03.000000000 Z
    zone: !ruby/object:ActiveSupport::TimeZone
      name: Etc/UTC
    time: *1
submission_43: {}
"""
MOODLE = """\
Identifier,"Full name",Status,"Last modified (submission)"
Participant 77,Emmy Noether,"Submitted for grading - ","Thursday, 15 October 2026, 11:58 PM"
Participant 78,Alan Turing,"No submission",-
Participant 79,Ada,"Submitted for grading - ","jeudi 15 octobre"
"""


def test_gradescope_has_names_and_times_as_ruby_writes_them(tmp_path: Path) -> None:
    (tmp_path / "submission_metadata.yml").write_text(GRADESCOPE)
    refused: list[str] = []
    found = exported(tmp_path, None, refused)
    assert found.names == {"submission_41": "Grace Hopper, Jean Bartik", "submission_42": "Ada Lovelace"}
    assert found.gradescope == {
        "submission_41": HandedIn(datetime(2026, 10, 15, 21, 3, 17, tzinfo=UTC)),
        "submission_42": HandedIn(datetime(2026, 10, 16, 1, 2, 3, tzinfo=UTC)),
    }
    assert refused == []


@pytest.mark.parametrize(
    "text", ["a: [", "x", "- 1", "a: &a [*a]\n", "[" * 5000 + "]" * 5000, "a: {b: *nobody}", "\x00"]
)
def test_a_broken_or_hostile_file_stops_nothing(tmp_path: Path, text: str) -> None:
    (tmp_path / "submission_metadata.yml").write_text(text)
    refused: list[str] = []
    assert exported(tmp_path, None, refused).names == {} and len(refused) <= 1


def test_moodles_worksheet_has_times_in_the_zone_of_the_assignment(tmp_path: Path) -> None:
    (tmp_path / "grades.csv").write_text("\ufeff" + MOODLE)
    (tmp_path / "other.csv").write_text("a,b\n1,2\n")
    refused: list[str] = []
    found = exported(tmp_path, BERLIN, refused)
    assert found.moodle == {"77": HandedIn(datetime(2026, 10, 15, 21, 58, tzinfo=UTC))}
    assert "grades.csv" in found.files and "other.csv" not in found.files
    assert len(refused) == 1 and "1 time is not of the form" in refused[0]


def test_learners_know_when_they_handed_in(tmp_path: Path, small_course: Course) -> None:
    (tmp_path / "submission_metadata.yml").write_text(GRADESCOPE)
    (tmp_path / "grades.csv").write_text(MOODLE)
    for folder in ("submission_41", "Emmy Noether_77_assignsubmission_file", "zoe"):
        (tmp_path / folder).mkdir()
    (tmp_path / "turingalan_LATE_5_99_doubling-2.py").write_text("")
    (tmp_path / "gaussc_5_98_doubling.py").write_text("")
    found = {one.name: one.when for one in learners(tmp_path, small_course, [], BERLIN)}
    assert found["Grace Hopper, Jean Bartik"].at == datetime(2026, 10, 15, 21, 3, 17, tzinfo=UTC)
    assert found["Emmy Noether"].at == datetime(2026, 10, 15, 21, 58, tzinfo=UTC)
    assert found["turingalan"] == HandedIn(late=True)
    assert found["gaussc"] == found["zoe"] == HandedIn()
