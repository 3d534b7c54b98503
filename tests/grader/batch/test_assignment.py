"""The file of an assignment: what it says, what is wrong with it and where, and what being late costs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from msgspec.structs import replace

from grader.batch.assignment import Assignment, HandedIn, at_time, load, seed_of
from grader.command import json_schema
from grader.report.formats import FORMATS
from grader.submission import BadSubmission
from lessons.error import LessonError
from lessons.schema import Course
from tests.grader.report.test_formats import of_parts

TEXT = """\
format: 1
title: Homework 3
exercises:
  - {id: halving}
  - {id: doubling, points: 9}
zone: Europe/Berlin
opens: "2026-10-01 08:00"
due: "2026-10-15 23:59"
closes: "2026-10-20 23:59"
late: {percent: 10, per: day, most: 30, grace: 15}
attempts: 3
seed: 5000000000
"""
DUE = datetime(2026, 10, 15, 21, 59, tzinfo=UTC)


def put(folder: Path, text: str = TEXT) -> Path:
    path = folder / "homework.yaml"
    path.write_text(text)
    return path


@pytest.fixture
def homework(tmp_path: Path, small_course: Course) -> Assignment:
    return load(put(tmp_path), small_course)


def test_what_it_says(homework: Assignment, small_course: Course) -> None:
    assert [one.id for one in homework.exercises] == ["halving", "doubling"]
    assert homework.points == {"halving": 2.0, "doubling": 9.0}, "its own points where nothing is said"
    assert homework.due == DUE and (homework.attempts, homework.seed) == (3, 5_000_000_000)


def test_the_schema_for_editors_takes_it_and_refuses_what_the_loader_refuses() -> None:
    schema = yaml.safe_load(json_schema.schema("assignment"))
    of_file = jsonschema.Draft202012Validator(schema)
    good: dict[str, Any] = yaml.safe_load(TEXT)
    of_file.validate(good)
    for key, value in (("due", "tomorrow"), ("seed", 7), ("colour", 1), ("exercises", []), ("attempts", 0)):
        assert not of_file.is_valid({**good, key: value}), key


WRONG = [
    ("format: 1", "format: 2", (1, 9), "not one of the values"),
    ("id: halving", "id: halfing", (4, 10), "no exercise `halfing` in this course. Did you mean `halving`?"),
    ("id: halving", "id: doubling", (5, 10), "for the second time"),
    ("points: 9", "points: 0", (5, 28), "out of range"),
    ("points: 9", "worth: 9", (5, 20), "the key `worth` is not known here"),
    ("Europe/Berlin", "Europe/Berlim", (6, 7), "Did you mean `Europe/Berlin`?"),
    ("zone: Europe/Berlin\n", "", (6, 1), "a time, and no zone for it"),
    ('"2026-10-15 23:59"', "2026-10-15 23:59", (8, 6), 'Write "2026-10-15 23:59" in quotes'),
    ('"2026-10-15 23:59"', '"2026-02-30 23:59"', (8, 6), "is no time"),
    ('"2026-10-15 23:59"', '"15.10.2026"', (8, 6), 'such as "2026-10-15 23:59"'),
    ('"2026-10-15 23:59"', '"2026-03-29 02:30"', (8, 6), "never show"),
    ('"2026-10-20 23:59"', '"2026-10-15 12:00"', (9, 9), "`closes` is not after `due`"),
    ("late: {percent: 10, per: day, most: 30, grace: 15}\n", "", (9, 1), "`closes` says nothing here"),
    ("per: day", "per: week", (10, 26), "not one of the values"),
    ("percent: 10", "percent: 110", (10, 17), "out of range"),
    ("seed: 5000000000", "seed: 7", (12, 7), "out of range"),
    ("attempts: 3", "attempts: yes", (11, 11), "Write"),
    ("title: Homework 3\n", "", (1, 1), "the key `title` is missing"),
]


@pytest.mark.parametrize(("old", "new", "place", "said"), WRONG, ids=[new or old for old, new, *_ in WRONG])
def test_a_mistake_is_said_at_its_place(
    tmp_path: Path, small_course: Course, old: str, new: str, place: tuple[int, int], said: str
) -> None:
    assert TEXT.count(old) >= 1
    with pytest.raises(LessonError) as caught:
        load(put(tmp_path, TEXT.replace(old, new, 1)), small_course)
    assert said in str(caught.value)
    assert (caught.value.line, caught.value.column) == place


def test_where_a_clock_shows_a_time_twice_learners_have_the_longer_time(tmp_path: Path, small_course: Course) -> None:
    text = TEXT.replace('"2026-10-15 23:59"', '"2026-10-25 02:30"').replace('"2026-10-20 23:59"', '"2026-10-26 00:00"')
    assert load(put(tmp_path, text), small_course).due == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


def test_being_late_costs_what_the_policy_says(homework: Assignment) -> None:
    for late, lost, said in (
        (timedelta(0), 0.0, ""),
        (timedelta(minutes=15), 0.0, ""),
        (timedelta(minutes=16), 0.1, "Handed in 16 min late: 10 % off."),
        (timedelta(days=1), 0.1, "Handed in 1 d late: 10 % off."),
        (timedelta(days=1, seconds=1), 0.2, "Handed in 1 d 1 min late: 20 % off."),
        (timedelta(days=4, hours=3), 0.3, "Handed in 4 d 3 h late: 30 % off."),
        (timedelta(days=6), 1.0, "Handed in 6 d late, when the assignment was closed: nothing counts."),
    ):
        found = homework.lateness(HandedIn(DUE + late))
        assert (found.lost, found.why) == (lost, said), late
    assert homework.lateness(HandedIn()).lost == 0, "what is not known costs nothing"
    marked = homework.lateness(HandedIn(late=True))
    assert marked.lost == 0.1 and "how late is not known" in marked.why
    early = homework.lateness(HandedIn(DUE - timedelta(days=20)))
    assert early.lost == 0 and "before the assignment was opened" in early.why


def test_without_a_policy_nothing_counts_after_the_due_date(tmp_path: Path, small_course: Course) -> None:
    kept = [line for line in TEXT.splitlines() if not line.startswith(("closes", "late"))]
    homework = load(put(tmp_path, "\n".join(kept)), small_course)
    assert homework.lateness(HandedIn(DUE)).lost == 0
    assert homework.lateness(HandedIn(DUE + timedelta(seconds=1))).why.endswith("after the due date nothing counts.")
    assert homework.lateness(HandedIn(late=True)).lost == 1


def test_one_verdict_in_other_points_is_the_same_in_every_format(homework: Assignment) -> None:
    half = replace(of_parts("passed", "failed"), exercise="doubling")
    plain = homework.marked(half)
    assert (plain.score, plain.max, plain.status) == (3.0, 6.0, "failed"), "9 points for 3 of its own"
    late = homework.marked(half, HandedIn(DUE + timedelta(hours=2)))
    assert (late.score, late.max) == (2.7, 6.0) and late.message == "Handed in 2 h late: 10 % off."
    assert sum(part.score for part in late.parts) == late.score
    for name, render in FORMATS.items():
        made = render([late], many=True).decode().replace("\\", "")
        if name != "github" and name != "exercism":  # these have no points
            assert "2.7" in made, name


def test_a_time_has_a_zone_or_gets_that_of_the_assignment(homework: Assignment) -> None:
    assert at_time("2026-10-15T23:59", homework.zone) == DUE
    assert at_time("2026-10-15T21:59:00Z", None) == DUE
    with pytest.raises(ValueError, match="zone"):
        at_time("2026-10-15T23:59", None)


def test_one_seed_for_everybody(homework: Assignment) -> None:
    assert seed_of(None, homework) == seed_of(homework.seed, homework) == homework.seed
    assert (seed_of(9, None), seed_of(None, None)) == (9, None)
    with pytest.raises(BadSubmission, match="leave --seed out"):
        seed_of(9, homework)
