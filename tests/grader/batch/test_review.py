"""A class's review, from verdicts that nobody had to judge: made up, and kept as a run keeps them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from grader.batch.ledger import NAME, Entry, Ledger, LedgerError
from grader.batch.normal_tree import LARGEST
from grader.batch.review import review
from grader.records.verdict import Check, Diagnosis, PartVerdict, Status, Verdict
from grader.report.review.record import ExerciseReview
from grader.submission import BadSubmission
from lessons.schema import Course, Exercise

RIGHT = "def f(x):\n    return 2 * x\n"


def verdict(exercise: str, status: Status, message: str = "", names: tuple[str, ...] = (), label: str = "c") -> Verdict:
    """On the part `code`, with one check; names: of its diagnosis."""
    found = tuple(Diagnosis(name=name, message=f"Is {name}.") for name in names)
    check = Check(label=label, status=status, score=0, max=1, message=message, diagnosis=found)
    part = PartVerdict(part="code", kind="code", status=status, score=0, max=2, checks=(check,))
    return Verdict(exercise=exercise, score=0, max=2, parts=(part,), status=status)


def kept(folder: Path, *entries: Entry) -> Path:
    ledger = Ledger(folder, "of", 1 << 33)
    ledger.add(list(entries))
    ledger.close()
    return folder


def reviewed(folder: Path, course: Course, exercise: str) -> ExerciseReview:
    return next(one for one in review(folder, course).exercises if one.exercise == exercise)


def test_rates_and_mistakes_are_counted_by_learner(tmp_path: Path, small_course: Course) -> None:
    entries = [
        Entry("ada", "d", verdict("doubling", "passed"), RIGHT),
        Entry("bob", "d", verdict("doubling", "failed", "x", ("squares",)), "def f(x):\n    return x * x\n"),
        Entry("cy", "d", verdict("doubling", "failed", "x", ("squares", "scaled")), "def f(x): return x * x"),
        Entry("dee", "d", verdict("doubling", "grader_error"), RIGHT),
        Entry("eve", "d", verdict("doubling", "skipped"), RIGHT),
        Entry("fay", "d", verdict("doubling", "error", "SyntaxError: invalid syntax"), "def f(:"),
        Entry("ada", "d", verdict("elsewhere", "passed")),
    ]
    made = review(kept(tmp_path, *entries), small_course)
    (one,) = made.exercises
    assert made.learners == 6 and "elsewhere" in made.notes[0]
    assert (one.handed_in, one.passed, one.skipped, one.ours, one.uncompared) == (6, 1, 1, 1, 1)
    assert [(part.part, part.passed, part.judged) for part in one.parts] == [("code", 1, 4), ("why", 0, 0)]
    assert [(mistake.name, mistake.learners, mistake.own) for mistake in one.mistakes] == [
        ("squares", ("bob", "cy"), True),
        ("scaled", ("cy",), False),
    ]
    (cluster,) = one.clusters
    assert cluster.learners == ("fay",) and cluster.variants[0].skeleton == ""


def test_wrong_answers_are_together_that_do_the_same(tmp_path: Path, small_course: Course) -> None:
    far, near = (
        "3 of 3 elements differ; the first is 9.5 where 2 was expected",
        "result has shape (3,) where () was expected",
    )
    trebles, another = "def f(x):\n    return 3 * x\n", "def f(value):  # mine\n    return (3 * value)\n"
    entries = [
        Entry("ada", "d", verdict("doubling", "failed", far), trebles),
        Entry("bob", "d", verdict("doubling", "failed", far.replace("9.5", "-1e-05")), another),
        Entry("cy", "d", verdict("doubling", "failed", far), "def f(x):\n    y = x + x\n    return y + x\n"),
        Entry("dee", "d", verdict("doubling", "failed", near), trebles),
        Entry("eve", "d", verdict("doubling", "failed", near.replace("(3,)", "(4,)")), trebles),
        Entry("fay", "d", verdict("doubling", "failed", far, ("transposed",)), trebles),
        Entry("gus", "d", verdict("doubling", "failed", far, label="another"), trebles),
        Entry("hal", "d", verdict("doubling", "error", "f is not defined in your file"), "g = 1\n"),
        Entry("ida", "d", verdict("doubling", "error", "NotImplementedError"), "def f(x): raise NotImplementedError"),
        Entry("jo", "d", verdict("doubling", "timeout", "Too long"), "while True: pass"),
        Entry("kim", "d", verdict("doubling", "failed", far, ("squares", "transposed")), trebles),
        Entry("lou", "d", verdict("doubling", "failed", far)),
    ]
    clusters = reviewed(kept(tmp_path, *entries), small_course, "doubling").clusters
    assert [one.learners for one in clusters] == [
        ("ada", "bob", "cy", "lou"),
        ("gus",),
        ("dee",),
        ("eve",),
        ("fay",),
    ]
    first = clusters[0]
    assert (first.part, first.checks, first.finding) == ("code", ("c",), "") and first.outcome == far
    assert [one.learners for one in first.variants] == [("ada", "bob"), ("cy",), ("lou",)]
    assert "replace=('2 * x', '3 * x')" in first.variants[0].skeleton
    assert first.variants[1].skeleton.startswith("@mistake(") and first.variants[2].skeleton == ""


LONG = """
def f(x, steps):
    seen = []
    for step in range(steps):
        low, high = min(x), max(x)
        middle = (low + high) / 2
        x = [value - middle for value in x if value != low]
        seen.append((step, high - low))
        if not x or seen[-1][1] < 1e-3:
            break
    return sorted(seen, key=lambda pair: -pair[1])
"""
REFERENCE = """
from grader.spec import case, cases, mistake, edit

def f(x, steps):
    spread, todo = [], list(x)
    while todo and len(spread) < steps:
        spread.append((len(spread), max(todo) - min(todo)))
        centre = (max(todo) + min(todo)) / 2
        todo = [one - centre for one in todo if one > min(todo)]
    return sorted(spread, key=lambda one: one[1], reverse=True)

@cases
def some(rng):
    yield case(x=[1.0, 2.0], steps=2, label="two")
"""


def test_code_that_is_alike_is_shown_in_pairs_but_for_what_the_course_shows(
    tmp_path: Path, written: Callable[..., Exercise], course_of: Callable[..., Course]
) -> None:
    part = "  - {id: code, kind: code, covers: [E1.1.1], entry: f, points: 2}\n"
    reference = f"{REFERENCE}\n{'#' * LARGEST}\n"
    exercise = written(part, id="spreading", reference=reference, starter="def f(x, steps):\n    ...\n")
    theirs = REFERENCE[REFERENCE.index("def f") : REFERENCE.index("@cases")]
    copy = LONG.replace("seen", "log").replace("middle", "m").replace("\n    return", "  # \u202e\x1b[31m\n    return")
    sources = {
        "ada": LONG,
        "bob": copy,
        "cy": theirs,
        "dee": theirs.replace("spread", "s"),
        "eve": "def f(:",
        "fay": None,
    }
    entries = [Entry(who, "d", verdict("spreading", "passed"), source) for who, source in sources.items()]
    one = reviewed(kept(tmp_path / "out", *entries), course_of(exercise), "spreading")
    (pair,) = one.pairs
    assert (pair.left.learner, pair.right.learner, pair.same, pair.share) == ("ada", "bob", True, 1.0)
    assert pair.left.lines[1] == "def f(x, steps):" and {5, 6, 7, 8} <= set(pair.left.marked)
    assert not any("\u202e" in line or "\x1b" in line for line in pair.right.lines)
    assert (one.more, one.uncompared) == (0, 2)


def test_what_is_no_class_is_a_sentence(tmp_path: Path, small_course: Course) -> None:
    with pytest.raises(LedgerError, match=f"no {NAME}"):
        review(tmp_path, small_course)
    folder = kept(tmp_path / "out", Entry("ada", "d", verdict("elsewhere", "passed")))
    with pytest.raises(BadSubmission, match="Is it of another course"):
        review(folder, small_course)
    with (folder / NAME).open("ab") as file:
        file.write(b'{"learner":"torn","dig')
    with pytest.raises(BadSubmission, match="another course"):
        review(folder, small_course)
    with (folder / NAME).open("ab") as file:
        file.write(b"\n")
    with pytest.raises(LedgerError, match="no verdict"):
        review(folder, small_course)


def test_it_is_read_while_a_run_writes(tmp_path: Path, small_course: Course) -> None:
    ledger = Ledger(tmp_path, "of", 1 << 33)
    try:
        ledger.add([Entry("ada", "d", verdict("doubling", "passed"), RIGHT)])
        assert reviewed(tmp_path, small_course, "doubling").passed == 1
    finally:
        ledger.close()
