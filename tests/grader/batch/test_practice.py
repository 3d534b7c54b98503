"""Hints, solutions and time come from what the tutor itself exports; what is no such record is left out by name."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from grader.batch import practice
from lessons.schema import Course
from tutor.learner import events
from tutor.learner.statistics import days

BEGAN = datetime(2026, 3, 1, 10, tzinfo=UTC)
DONE: list[tuple[float, events.AnyEvent]] = [
    (0, events.Hint(exercise="doubling", part="code", rung=0)),
    (2, events.Hint(exercise="doubling", part="code", rung=0)),
    (4, events.Hint(exercise="doubling", part="code", rung=1)),
    (5, events.Attempt(exercise="doubling", part="code", status="passed", score=2, max=2, seed=1)),
    (6, events.Solution(exercise="doubling", gave_up=False)),
    (60, events.Solution(exercise="halving", gave_up=True)),
    (63, events.Review(exercise="halving", review="one")),
]


def exported(path: Path, done: list[tuple[float, events.AnyEvent]] = DONE) -> list[events.Entry]:
    """A record as `dl-tutor progress export` writes it."""
    entries = [
        events.Entry(id=str(place), at=(BEGAN + timedelta(minutes=at)).isoformat(timespec="microseconds"), event=event)
        for place, (at, event) in enumerate(done)
    ]
    lines = [events.Header(format=events.FORMAT), *reversed(entries), entries[0]]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"".join(msgspec.json.encode(line) + b"\n" for line in lines))
    return entries


def test_a_record_says_what_was_taken_and_how_long_it_took(tmp_path: Path, small_course: Course) -> None:
    entries = exported(tmp_path / "ada.jsonl")
    found = practice.read(tmp_path / "ada.jsonl", small_course)
    assert found["doubling"].hints == {("code", 0), ("code", 1)} and not found["doubling"].solution
    assert found["halving"].solution and found["halving"].seconds == 180, "a pause of an hour is none of it"
    assert sum(one.seconds for one in found.values()) == sum(one.seconds for one in days(entries))
    other = practice.Record(hints={("code", 0)}, seconds=60.0)
    made = practice.practice([found["doubling"], found["halving"], other])
    assert made is not None and (made.records, made.hints, made.solutions, made.minutes) == (3, 1, 1, 3)
    assert practice.practice([]) is None


def test_records_are_found_by_name(tmp_path: Path) -> None:
    exported(tmp_path / "Ada.jsonl")
    exported(tmp_path / "emmy" / "mine.jsonl")
    exported(tmp_path / "nobody.jsonl")
    (tmp_path / "zoe").mkdir()
    refused: list[str] = []
    found = practice.records(tmp_path, ["ada", "emmy", "zoe"], refused)
    assert {name: path.name for name, path in found.items()} == {"ada": "Ada.jsonl", "emmy": "mine.jsonl"}
    assert len(refused) == 1 and "nobody" in refused[0]


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b'{"format": 1}', b'{"format": 1, "progress": "dl-tutor"}\n{"id": "1", "at": "2026-01-01T00:00:00"}',
     b'{"format": 1, "progress": "dl-tutor"}\n{"id": "1", "at": "2026-01-01T00:00:00", "event": {"event": "hint"}}',
     b'{"format": 1, "progress": "dl-tutor"}\n' + b"[" * 100_000, b"\xff\xfe"],
    ids=["empty", "list", "other", "no event", "no zone", "deep", "bytes"],
)  # fmt: skip
def test_what_is_no_record_is_a_sentence(tmp_path: Path, small_course: Course, data: bytes) -> None:
    (tmp_path / "ada.jsonl").write_bytes(data)
    with pytest.raises(ValueError, match="exported progress"):
        practice.read(tmp_path / "ada.jsonl", small_course)


def test_a_pipe_is_not_waited_for(tmp_path: Path, small_course: Course) -> None:
    os.mkfifo(tmp_path / "ada.jsonl")
    with pytest.raises(OSError):
        practice.read(tmp_path / "ada.jsonl", small_course)
