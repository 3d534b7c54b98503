"""What was judged stays judged, whatever happens to the run."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.batch.ledger import NAME, Entry, Ledger, LedgerError, digest_of
from grader.records.verdict import Verdict
from grader.submission import Submission
from lessons.schema import Course


def entry(learner: str, exercise: str = "doubling", score: float = 1.0) -> Entry:
    return Entry(learner, "d", Verdict(exercise=exercise, score=score, max=2, parts=(), status="failed"))


def test_lines_are_found_again_and_a_torn_one_is_nobodys(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "out", "of", 5)
    ledger.add([entry("ada"), entry("emmy")])
    ledger.add([entry("ada", score=2.0)])
    ledger.add([])
    ledger.close()
    with (tmp_path / "out" / NAME).open("ab") as file:
        file.write(b'{"learner":"alan","digest":"d","ver')
    ledger = Ledger(tmp_path / "out", "of", 9)
    assert ledger.seed == 5, "a run that goes on has the seed that it began with"
    places = ledger.places()
    assert list(places) == [("ada", "doubling"), ("emmy", "doubling")]
    assert [one.verdict.score for one in ledger.read(places.values())] == [2.0, 1.0]
    ledger.add([entry("alan")])
    assert ("alan", "doubling") in ledger.places()
    ledger.close()


def test_one_run_at_a_time_and_of_one_kind(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path, "of", 5)
    with pytest.raises(LedgerError, match="written by another run"):
        Ledger(tmp_path, "of", 5)
    ledger.close()
    with pytest.raises(LedgerError, match="of another run"):
        Ledger(tmp_path, "other", 5)
    (tmp_path / NAME).write_bytes(b"x\n")
    with pytest.raises(LedgerError, match="no list of verdicts"):
        Ledger(tmp_path, "of", 5)
    (tmp_path / NAME).write_bytes(b"torn head")
    Ledger(tmp_path, "of", 5).close()


def test_a_line_that_is_no_verdict_is_named(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path, "of", 5)
    ledger.add([entry("ada")])
    with (tmp_path / NAME).open("ab") as file:
        file.write(b"{}\n")
    with pytest.raises(LedgerError, match="no verdict, at byte"):
        ledger.places()
    ledger.close()


def test_a_digest_changes_with_all_that_a_verdict_rests_on(small_course: Course) -> None:
    exercise = small_course.exercises[0]
    made = {
        digest_of(Submission(exercise, source, refused=refused), by)
        for source, refused, by in (("x", "", "1"), ("y", "", "1"), ("x", "", "2"), (None, "", "1"), (None, "why", "1"))
    }
    assert len(made) == 5
