"""`--assignment`: what is judged, in which points, how late, and which attempt. No judge has a part in that."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from grader.batch import results
from grader.batch.assignment import HandedIn, load
from grader.batch.learners import Learner
from grader.batch.ledger import Entry, Ledger
from grader.command import class_grade, grade
from grader.command.class_grade import ClassOptions
from grader.command.options import Options
from grader.grading import Refused
from grader.records.verdict import PartVerdict, Verdict, worst
from grader.report.formats import FORMATS
from grader.submission import BadSubmission
from lessons.schema import Course, Exercise
from tests.grader.batch.test_assignment import DUE, TEXT, put
from tests.grader.batch.test_class_run import rows

RIGHT = "def f(x): right\n"


class StubGrader:
    """Passes what says that it is right. Takes the place of a judge."""

    seeds: list[int | None] = []

    def __init__(self, **_: Any) -> None: ...

    def __enter__(self) -> StubGrader:
        return self

    def __exit__(self, *_: object) -> None: ...

    def require(self, layers: object) -> None: ...

    def grade(
        self,
        exercise: Exercise,
        source: str | None,
        answers: Mapping[str, Any],
        *,
        parts: Any,
        seed: int | None,
        **_: Any,
    ) -> Verdict:
        StubGrader.seeds.append(seed)
        if source is not None and "hangs" in source:
            raise KeyboardInterrupt
        return verdict_on(exercise, right="right" in (source or ""), parts=parts, seed=seed or 0)


def verdict_on(exercise: Exercise, *, right: bool, parts: Any = None, seed: int = 0) -> Verdict:
    made = tuple(
        PartVerdict(
            part=one.id, kind=one.kind, status="passed" if right else "failed", score=right * one.points, max=one.points
        )
        for one in exercise.parts
        if parts is None or one.id in parts
    )
    score, most = sum(one.score for one in made), sum(one.max for one in made)
    status = worst([one.status for one in made])
    return Verdict(exercise=exercise.id, score=score, max=most, parts=made, status=status, seed=seed)


@pytest.fixture(autouse=True)
def no_judge(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(grade, "Grader", StubGrader)
    monkeypatch.setattr(StubGrader, "seeds", [])
    (tmp_path / "in").mkdir()
    monkeypatch.chdir(tmp_path)


def judged(course: Course, out: str = "out", form: str = "json", **options: Any) -> Any:
    options = {"targets": ("in",), **options}
    if "assignment" not in options:
        options["assignment"] = put(Path())
    grade.command(Options(form=form, out=Path(out), **options), course, program="x")
    return json.loads(Path(out).read_bytes())


def test_what_is_set_is_judged_in_its_points_and_what_is_missing_counts(small_course: Course) -> None:
    Path("in/doubling.py").write_text(RIGHT)
    found = judged(small_course)
    assert [(one["exercise"], one["score"], one["max"]) for one in found["verdicts"]] == [
        ("halving", 0, 2),
        ("doubling", 9, 9),
    ]
    assert StubGrader.seeds == [5_000_000_000] * 2
    with pytest.raises(BadSubmission, match="leave --seed out"):
        judged(small_course, seed=5)


def test_what_is_not_set_is_left_out_and_said(small_course: Course) -> None:
    for name in ("doubling", "halving"):
        Path(f"in/{name}.py").write_text(RIGHT)
    only = put(Path(), TEXT.replace("  - {id: halving}\n", ""))
    found = judged(small_course, assignment=only)
    assert [one["exercise"] for one in found["verdicts"]] == ["doubling"]
    assert found["refused"] == ["in/halving.py: halving is not set in Homework 3."] and found["status"] == "failed"


def test_one_file_is_judged_by_itself_and_late(small_course: Course, capsys: pytest.CaptureFixture[str]) -> None:
    Path("mine.py").write_text(RIGHT)
    options: dict[str, Any] = {"targets": ("halving",), "file": "mine.py"}
    found = judged(small_course, **options, handed_in="2026-10-17T00:00")
    assert (found["score"], found["max"], found["status"]) == (1.6, 2, "passed")
    assert found["message"] == "Handed in 1 d 1 min late: 20 % off."
    assert "halving: passed, 1.6 of 2 points\n  Handed in 1 d 1 min late" in capsys.readouterr().out
    with pytest.raises(BadSubmission, match="is no time"):
        judged(small_course, **options, handed_in="yesterday")
    with pytest.raises(BadSubmission, match="say --assignment"):
        judged(small_course, **options, assignment=None, handed_in="2026-10-17T00:00")


def metadata(*scores: float | None) -> Path:
    before = [{"score": score, "autograder_error": score is None} for score in scores]
    path = Path("submission_metadata.json")
    path.write_text(json.dumps({"created_at": "2026-10-15T23:59:00+02:00", "id": 1, "previous_submissions": before}))
    return path


def test_the_best_of_the_attempts_that_count(small_course: Course) -> None:
    Path("in/doubling.py").write_text(RIGHT)
    gradescope: dict[str, Any] = {"form": "gradescope"}
    first = judged(small_course, **gradescope, metadata=metadata())
    assert first["score"] == 9 and "This is attempt 1 of 3." in first["output"]
    second = judged(small_course, **gradescope, metadata=metadata(None, 10.5))
    assert second["score"] == 10.5 and "attempt 2 of 3" in second["output"]
    assert "The best attempt before it counts: 10.5 points." in second["output"]
    worse = judged(small_course, **gradescope, metadata=metadata(1, 2))
    assert worse["score"] == 9 and "counts" not in worse["output"]
    StubGrader.seeds.clear()
    fourth = judged(small_course, **gradescope, metadata=metadata(1, 2, 3, 11))
    assert fourth["score"] == 3 and fourth["tests"] == [] and StubGrader.seeds == []
    assert "This is attempt 5, and 3 count: it was not judged." in fourth["output"]
    Path("submission_metadata.json").write_text('{"created_at": 3}')
    with pytest.raises(BadSubmission, match=r"no submission_metadata\.json"):
        judged(small_course, metadata=Path("submission_metadata.json"))


@pytest.mark.parametrize("form", FORMATS)
def test_who_ends_a_run_finds_what_was_not_judged(small_course: Course, form: str) -> None:
    """The file is there before the first verdict, and takes nothing for passed that has not had its turn."""
    Path("in/halving.py").write_text(RIGHT)
    Path("in/doubling.py").write_text("hangs")
    with pytest.raises(KeyboardInterrupt):
        judged(small_course, form=form)
    text = Path("out").read_text().replace("\\", "")
    assert "halving" in text or (form == "github" and "doubling" in text)
    if form == "json":
        statuses = [one["status"] for one in json.loads(text)["verdicts"]]
        assert statuses == ["passed", "skipped"] and json.loads(text)["status"] == "skipped"
    else:
        assert "Not judged yet" in text


def test_a_file_says_why_nothing_could_be_run(small_course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(self: StubGrader, *_: Any, **__: Any) -> Verdict:
        raise Refused("Nothing was run: here the sandbox has level 1 only.")

    monkeypatch.setattr(StubGrader, "grade", refuses)
    Path("in/halving.py").write_text(RIGHT)
    with pytest.raises(Refused):
        judged(small_course, form="gradescope")
    assert (
        "left out: Nothing was run: here the sandbox has level 1 only." in json.loads(Path("out").read_text())["output"]
    )


def test_a_class_is_marked_by_its_assignment(small_course: Course, tmp_path: Path) -> None:
    homework = load(put(tmp_path), small_course)
    doubling, halving = small_course.exercises
    ledger = Ledger(tmp_path / "out", "of", 5)
    everybody = [
        Learner("ada", when=HandedIn(DUE)),
        Learner("emmy", when=HandedIn(DUE.replace(day=17))),
        Learner("turing", when=HandedIn(late=True)),
        Learner("zoe"),
    ]
    ledger.add([Entry(one.name, "d", verdict_on(doubling, right=True)) for one in everybody[:3]])
    ledger.add([Entry("ada", "d", verdict_on(halving, right=False))])
    counted = results.write(tmp_path / "out", ledger, everybody, homework.exercises, {}, homework)
    ledger.close()
    marks = {row["learner"]: row for row in rows(tmp_path / "out" / "marks.csv")}
    assert list(marks["ada"]) == ["learner", "score", "max", "handed in", "late", "halving", "doubling"]
    assert (marks["ada"]["score"], marks["ada"]["max"], marks["ada"]["late"]) == ("9", "11", "")
    assert (marks["emmy"]["score"], marks["emmy"]["halving"]) == ("7.2", "") and "2 d late" in marks["emmy"]["late"]
    assert marks["turing"]["score"] == "8.1" and marks["zoe"]["score"] == "0" and marks["zoe"]["max"] == "11"
    verdicts = {row["learner"]: row["score"] for row in rows(tmp_path / "out" / "verdicts.csv")}
    assert verdicts["emmy"] == "7.2"
    for name in ("emmy.md", "emmy.html"):
        assert "7.2 of 9 points" in (tmp_path / "out" / "feedback" / name).read_text()
    page = (tmp_path / "out" / "feedback" / "emmy.md").read_text()
    assert "# Feedback: 7.2 of 11 points" in page and "Not handed in." in page, "the sheet counts what the table counts"
    assert {one.id: one.passed for one in counted} == {"halving": 0, "doubling": 3}


def test_a_class_has_one_choice_of_exercises(small_course: Course, tmp_path: Path) -> None:
    options = ClassOptions(folder=tmp_path, out=tmp_path / "o", exercises=("doubling",), assignment=put(tmp_path))
    with pytest.raises(BadSubmission, match="leave --exercise out"):
        class_grade.command(options, small_course)
