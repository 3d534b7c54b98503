"""The mutants of a course's exercises, for `dl-tutor lint --mutants`: which pass, and which of those are right.

What was judged stands in `mutants.json` beside `course.yaml`, by a digest of the exercise, so that what did not change
is not judged again - in a fresh clone neither. The judging's own code is not part of the digest: --all judges again.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from grader.grading import Cancel, Grader
from grader.judge import mutants
from grader.proof.pool import side_by_side
from grader.proof.survivors import tried
from grader.records.printable import one_line
from lessons import edit
from lessons.error import LessonError, did_you_mean
from lessons.lint.rules.problem import Problem
from lessons.loading.loader import load_course, load_exercise
from lessons.loading.public import insist_on_answers
from lessons.loading.record import read_record
from lessons.loading.source import Source
from lessons.schema import RUN_KINDS, Exercise, MutantsFile
from tutor.authoring import course_record
from tutor.learner import consent

RECORD, REASONS = "mutants.json", "mutants.yaml"


class Passing(msgspec.Struct, frozen=True, omit_defaults=True):
    """A mutant that passes, and the line of reference.py that it changes."""

    part: str
    change: str
    line: int


class Judged(msgspec.Struct, frozen=True):
    """What became of an exercise's mutants."""

    digest: str
    made: int
    passing: list[Passing]


def examine(path: Path | None, *, everything: bool, jobs: int, say: Callable[[str], None]) -> dict[str, Any]:
    """Judges the mutants of the course at `path` (default: the open one), or of the exercise whose folder it is.

    everything: also those of exercises that have not changed.
    Gives {"made", "rejected", "right", "judged", "problems"}. Raises LessonError, SandboxError.
    """
    if path is not None and (path / "exercise.yaml").is_file():
        exercises, record = [load_exercise(path.resolve())], None
    else:
        course = load_course(path)
        exercises, record = course.exercises, course.path / RECORD
    insist_on_answers(exercises)
    exercises = [one for one in exercises if any(part.kind in RUN_KINDS and part.entry for part in one.parts)]
    known = kept(record)
    digests = {one.id: digest(one) for one in exercises}
    found = {} if everything else {id: one for id, one in known.items() if one.digest == digests.get(id)}
    due = [one for one in exercises if one.id not in found]

    def work(exercise: Exercise, grader: Grader, cancel: Cancel) -> Judged:
        ones = list(tried(exercise, grader, cancel))
        if fault := next((one for one in ones if one.fault), None):
            mend = "Run `dl-tutor lint` on the exercise first."
            raise LessonError(
                exercise.reference, fault.mutant.line, 1, f"{fault.part} cannot be judged: {fault.fault}", mend
            )
        passing = [Passing(one.part, one.mutant.change, one.mutant.line) for one in ones if one.passed]
        return Judged(digests[exercise.id], len(ones), passing)

    def done(exercise: Exercise, judged: Judged) -> None:
        found[exercise.id] = judged

    try:
        side_by_side(due, jobs, work, lambda one: say(f"mutating {one.id}"), done, allow_level_1=consent.given())
    finally:
        if record is not None and due and found:
            with contextlib.suppress(OSError):  # the folder of a course may not be writable
                course_record.write(record, {id: found[id] for id in digests if id in found})
    wrong = [one for exercise in exercises for one in problems(exercise, found)]
    made, passed = (sum(map(of, found.values())) for of in (lambda one: one.made, lambda one: len(one.passing)))
    passed_wrongly = sum(one.path.name == "reference.py" for one in wrong)
    return {
        "made": made,
        "rejected": made - passed,
        "right": passed - passed_wrongly,
        "judged": len(due),
        "problems": [{**msgspec.structs.asdict(one), "path": str(one.path)} for one in wrong],
    }


def lines(report: dict[str, Any]) -> Iterator[str]:
    """The report in plain lines."""
    for p in report["problems"]:
        yield one_line(f"{p['path']}:{p['line']}:{p['column']}: {p['message']} [{p['rule']}]")
    wrong = report["made"] - report["right"]
    share = f" ({report['rejected'] / wrong:.1%} of those that are wrong)" if wrong else ""
    yield (
        f"{report['made']} mutants: {report['rejected']} rejected{share}, {report['right']} right as they are; "
        f"exercises judged now: {report['judged']}"
    )


def problems(exercise: Exercise, judged: Mapping[str, Judged]) -> Iterator[Problem]:
    """What passes and is not called right, and what is called right and matches nothing that passes.

    judged: what became of the mutants, by exercise. Raises LessonError.
    """
    passing = judged[exercise.id].passing
    right, source = _right(exercise)
    used = set()
    for one in passing:
        patterns = [(one.part, key) for key in right.get(one.part, {}) if _matches(one.change, key)]
        used |= set(patterns)
        if not patterns:
            message = f"{one.part}: a mutant passes: {one.change} (add a case that it fails, or a reason to {REASONS})"
            yield Problem(exercise.folder / "reference.py", one.line, 1, "mutants", message, one.part)
    if source is None:
        return
    for part, changes in right.items():
        if exercise.part(part) is None:
            mend = did_you_mean(part, [one.id for one in exercise.parts])
            raise source.error(f"there is no part `{part}`", mend, ("right", part), key=True)
        for key in changes:
            if (part, key) not in used:
                mark = source.mark(("right", part, key), key=True)
                yield Problem(source.path, *mark, "mutants", f"{part}: no mutant that passes is `{key}`", part)


def _matches(change: str, key: str) -> bool:
    """Whether a change is the one that a key names; a star in it stands for any text, and nothing else is special."""
    return re.fullmatch(".*".join(map(re.escape, key.split("*"))), change, re.DOTALL) is not None


def _right(exercise: Exercise) -> tuple[dict[str, dict[str, str]], Source | None]:
    path = exercise.folder / REASONS
    if not path.exists():
        return {}, None
    file, source = read_record(path, MutantsFile)
    return file.right, source


def digest(exercise: Exercise) -> str:
    """Changes with what the mutants are made of and judged by: the exercise's code and form, and how they are made."""
    found = hashlib.sha256()
    for module in (mutants, edit):
        found.update(Path(str(module.__file__)).read_bytes())
    for path in sorted(exercise.folder.glob("*.*")):
        if path.name in ("exercise.yaml", "fixtures.py", "reference.py"):
            found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def kept(record: Path | None) -> dict[str, Judged]:
    """What the record of a course says; nothing where there is none. Raises LessonError."""
    return course_record.read(record, Judged, "--mutants")
