"""What comes of a class: tables of marks, a sheet of feedback for everybody, and what went wrong where."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from msgspec.structs import replace

from grader.batch.assignment import Assignment
from grader.batch.learners import Learner
from grader.batch.ledger import Entry, Ledger, Place
from grader.batch.wrong_answers import wrong_of
from grader.records.verdict import PartVerdict, Verdict, number
from grader.report import sheet
from grader.report.fold import WORDS
from grader.report.pending import absent_verdict
from grader.report.table import csv_of, mistakes_of
from lessons import atomic
from lessons.schema import Exercise

MARKS, VERDICTS, EXERCISES, LEFT_OUT, FEEDBACK = (
    "marks.csv",
    "verdicts.csv",
    "exercises.csv",
    "left-out.txt",
    "feedback",
)


@dataclass
class OfExercise:
    """How a class did in an exercise."""

    id: str
    handed_in: int = 0
    passed: int = 0
    score: float = 0.0
    max: float = 0.0
    skipped: int = 0
    """How many of its parts were not judged, of all learners."""
    ours: int = 0
    """How often it could not be judged by a fault of ours."""
    mistakes: Counter[str] = field(default_factory=Counter)
    """By name, how many learners made each."""
    unnamed: int = 0
    """How many got it wrong in a way that has no name yet."""


def write(
    folder: Path,
    ledger: Ledger,
    everybody: Sequence[Learner],
    exercises: Sequence[Exercise],
    left_out: dict[str, list[str]],
    assignment: Assignment | None = None,
) -> list[OfExercise]:
    """Writes all tables and sheets of a run into its folder. Raises OSError.

    everybody: also who handed in nothing. assignment: in whose points the marks are. One learner's verdicts are in
    memory at a time.
    """
    worth = {one.id: assignment.points[one.id] if assignment else float(one.points) for one in exercises}
    due = assignment is not None and assignment.due is not None
    places: dict[str, list[Place]] = defaultdict(list)
    for place in ledger.places().values():
        places[place.learner].append(place)
    order = {exercise.id: number for number, exercise in enumerate(exercises)}
    counted = {exercise.id: OfExercise(exercise.id) for exercise in exercises}
    marks, verdicts = [_head(exercises, due)], [["learner", "exercise", "status", "score", "max", "mistakes", "seed"]]
    (folder / FEEDBACK).mkdir(exist_ok=True)
    for learner, file in zip(everybody, _files([one.name for one in everybody]), strict=True):
        name = learner.name
        own = sorted((one for one in places[name] if one.exercise in order), key=lambda one: order[one.exercise])
        entries = ledger.read(own)
        late = ""
        if assignment is not None:
            entries = [replace(one, verdict=assignment.marked(one.verdict, learner.when)) for one in entries]
            late = assignment.lateness(learner.when).why
        for entry in entries:
            _count(counted[entry.verdict.exercise], entry)
            verdicts.append(_row(entry))
        marks.append([*_marks(name, entries, worth), *([late] if due else []), *_cells(entries, exercises)])
        verdicts_of = [entry.verdict for entry in entries]
        if assignment is not None:
            there = {verdict.exercise for verdict in verdicts_of}
            verdicts_of += [assignment.marked(absent_verdict(one)) for one in exercises if one.id not in there]
        said = {verdict.message for verdict in verdicts_of}
        left = [line for line in left_out.get(name, []) if line not in said]
        _feedback(folder / FEEDBACK / file, name, verdicts_of, left)
    atomic.replace(folder / MARKS, csv_of(marks))
    atomic.replace(folder / VERDICTS, csv_of(verdicts))
    atomic.replace(folder / EXERCISES, csv_of(_of_exercises(counted.values())))
    lines = [f"{name}: {line}" if name else line for name, own in sorted(left_out.items()) for line in own]
    atomic.replace(folder / LEFT_OUT, "".join(f"{line}\n" for line in lines).encode())
    return list(counted.values())


def _head(exercises: Sequence[Exercise], due: bool) -> list[str]:
    late = ["late"] if due else []
    return ["learner", "score", "max", "handed in", *late, *(exercise.id for exercise in exercises)]


def _marks(name: str, entries: Sequence[Entry], worth: dict[str, float]) -> list[str]:
    """How a learner's row begins; the points of an exercise that was not handed in count too."""
    most = {**worth, **{entry.verdict.exercise: entry.verdict.max for entry in entries}}
    score = sum(entry.verdict.score for entry in entries)
    return [name, number(score), number(sum(most.values())), str(len(entries))]


def _cells(entries: Sequence[Entry], exercises: Sequence[Exercise]) -> list[str]:
    """The points for each exercise; nothing where it was not handed in."""
    scores = {entry.verdict.exercise: number(entry.verdict.score) for entry in entries}
    return [scores.get(one.id, "") for one in exercises]


def _row(entry: Entry) -> list[str]:
    verdict = entry.verdict
    mistakes = " ".join(mistakes_of(entry.verdict.parts))
    facts = [verdict.exercise, verdict.status, number(verdict.score), number(verdict.max), mistakes, str(verdict.seed)]
    return [entry.learner, *facts]


def _count(counted: OfExercise, entry: Entry) -> None:
    verdict = entry.verdict
    counted.handed_in += 1
    skipped = sum(part.status == "skipped" for part in verdict.parts)
    counted.skipped += skipped
    counted.passed += verdict.status == "passed" and not skipped
    counted.score += verdict.score
    counted.max += verdict.max
    counted.ours += verdict.status == "grader_error"
    found = mistakes_of(entry.verdict.parts)
    counted.mistakes.update(found)
    counted.unnamed += any(_nameless(part) for part in verdict.parts)


def _nameless(part: PartVerdict) -> bool:
    """Whether code is wrong in a way that has no name."""
    return wrong_of(part) is not None and not any(check.diagnosis for check in part.checks)


def _of_exercises(counted: Iterable[OfExercise]) -> Iterator[list[str]]:
    yield ["exercise", "handed in", "passed", "mean share", "skipped", "not judged", "mistakes", "without a name"]
    for one in counted:
        share = f"{one.score / one.max:.3f}" if one.max else ""
        named = " ".join(f"{name}:{count}" for name, count in one.mistakes.most_common())
        yield [
            one.id,
            str(one.handed_in),
            str(one.passed),
            share,
            str(one.skipped),
            str(one.ours),
            named,
            str(one.unnamed),
        ]


def _feedback(path: Path, name: str, verdicts: Sequence[Verdict], left_out: Sequence[str]) -> None:
    page = sheet.html(verdicts, refused=left_out, title=name)
    atomic.replace(path.with_name(f"{path.name}.html"), page)
    atomic.replace(path.with_name(f"{path.name}.md"), sheet.markdown(verdicts, refused=left_out))


def _files(names: Sequence[str]) -> Iterator[str]:
    """A file's name for each learner, none twice, whatever they are called."""
    seen: Counter[str] = Counter()
    for name in names:
        plain = re.sub(r"[^\w-]+", "-", name).strip("-")[:80] or "learner"
        seen[plain.casefold()] += 1
        count = seen[plain.casefold()]
        yield plain if count == 1 else f"{plain}-{count}"


def lines(counted: Sequence[OfExercise]) -> Iterator[str]:
    """The teacher's table, in plain lines: what was handed in, how much of it passed, and the commonest mistakes."""
    widest = max((len(one.id) for one in counted), default=0)
    for one in counted:
        if not one.handed_in:
            continue
        share = f"{one.passed} of {one.handed_in} {WORDS['passed']}"
        common = ", ".join(f"{name} {count}" for name, count in one.mistakes.most_common(4))
        rest = f", {one.unnamed} without a name" if one.unnamed else ""
        ours = f"; {one.ours} {WORDS['grader_error']}" if one.ours else ""
        ours += f"; {one.skipped} parts {WORDS['skipped']}" if one.skipped else ""
        said = f"  {common or 'no mistake has a name'}{rest}" if one.passed < one.handed_in else ""
        yield f"{one.id:{widest}}  {share:>18}{ours}{said}"
