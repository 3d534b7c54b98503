"""The whole linter: what can be read off a course's files, and what takes judging. For `dl-tutor lint`."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

import msgspec

from grader.proof import vocabulary
from grader.proof.claims import SKIPPED, fingerprint, fingerprint_of_demo
from grader.proof.pool import name_of, prove_all
from grader.records.printable import one_line
from grader.records.unproved import Unproved
from lessons.data import mirror
from lessons.data.mentions import mentioned
from lessons.error import Mark
from lessons.formulas import mathtext
from lessons.lint.linter import PROVED, lint, lint_exercise, waived, waiver_of, waivers, without_waived
from lessons.lint.rules.problem import Problem
from lessons.lint.tally import tally
from lessons.loading.loader import load_course, load_exercise
from lessons.loading.public import insist_on_answers
from lessons.loading.source import read
from lessons.schema import Course, Demo, Exercise
from tutor.authoring import proofs
from tutor.learner import consent


def examine(
    path: Path | None, *, again: int, jobs: int, say: Callable[[str], None], record: bool = False
) -> dict[str, Any]:
    """Lints the course at `path` (default: the one that is open) or the exercise whose folder it is.

    again: of what was proved before one in so many is proved again today; 0: nothing, 1: everything.
    jobs: how many exercises are proved at a time. record: writes what is sound into the course's record.
    Gives {"counts", "proved", "kept", "skipped", "waivers", "problems"}. Raises LessonError, SandboxError.
    """
    course: Course | None = None
    if path is not None and (path / "exercise.yaml").is_file():
        exercises = [load_exercise(path.resolve())]
        insist_on_answers(exercises)
        problems = lint_exercise(exercises[0], render=_render, names=vocabulary.names())
        passed_over = waived(exercises[0])
    else:
        course = load_course(path)
        exercises = course.exercises
        insist_on_answers(exercises)
        problems = lint(course, render=_render, names=vocabulary.names())
        passed_over = waivers(course)
    demos = [demo for lesson in course.lessons for demo in lesson.demos] if course else []
    found, proved = _proved([*exercises, *demos], course, again, jobs, say, record)
    for exercise in exercises:
        problems += _unwaived(exercise, found[exercise.id])
    for demo in demos:
        problems += [_of_demo(demo, one) for one in found[name_of(demo)]]
    skipped = [
        (f"{id}.{one.part}", one.message) for id, ones in sorted(found.items()) for one in ones if one.rule == SKIPPED
    ]
    return {
        "counts": {**tally(exercises, course), "waivers": len(passed_over)},
        "proved": proved,
        "kept": len(exercises) + len(demos) - proved,
        "skipped": [{"where": where, "why": why} for where, why in skipped],
        "waivers": [{"where": one.where, "rule": one.rule, "reason": one.reason} for one in passed_over],
        "problems": [{**msgspec.structs.asdict(one), "path": str(one.path)} for one in sorted(problems)],
    }


def lines(report: dict[str, Any]) -> Iterator[str]:
    """The report in plain lines, one for each thing whatever files are called."""
    return map(one_line, _lines(report))


def _lines(report: dict[str, Any]) -> Iterator[str]:
    for p in report["problems"]:
        yield f"{p['path']}:{p['line']}:{p['column']}: {p['message']} [{p['rule']}]"
    for one in report["waivers"]:
        yield f"waived: {one['where']}: {one['rule']}: {one['reason']}"
    for one in report["skipped"]:
        yield f"not judged here: {one['where']}: {one['why']}"
    counts = report["counts"]
    parts = ", ".join(f"{number} {kind}" for kind, number in counts["parts"].items())
    identifiers = counts["identifiers"]
    with_demos = f" and {_count(counts['demos'], 'demo')}" if counts["demos"] else ""
    yield (
        f"{_count(sum(counts['parts'].values()), 'part')} ({parts}) with {_count(counts['mistakes'], 'mistake')} and "
        f"{_count(counts['alternatives'], 'alternative')}; {_count(counts['demos'], 'demo')} with "
        f"{_count(counts['facts'], 'fact')}; {_count(identifiers['total'], 'identifier')}: "
        f"{identifiers['covered']} covered, {identifiers['waived']} waived"
    )
    yield (
        f"{_count(counts['exercises'], 'exercise')}{with_demos}, {report['proved']} proved now, "
        f"{report['kept']} unchanged since; "
        f"{_count(len(report['problems']), 'problem')}, {len(report['waivers'])} waived"
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _render(formula: str) -> str:
    return mathtext.render(formula, display=True)


# --- proofs ---------------------------------------------------------------------------------------------------


def _proved(
    subjects: Sequence[Exercise | Demo],
    course: Course | None,
    again: int,
    jobs: int,
    say: Callable[[str], None],
    record: bool,
) -> tuple[proofs.Found, int]:
    """What did not hold, by name, and how much was proved now. What is sound is not proved twice."""
    versions = {name: metadata.version(name) for name in ("dl-tutor", "torch", "numpy")}
    keys = {name_of(subject): _fingerprint(subject, versions) for subject in subjects}
    folder = course.path if course else None
    today = datetime.datetime.now(datetime.UTC).toordinal()
    known = {} if again == 1 else proofs.kept(folder)
    found: proofs.Found = {}
    due: list[Exercise | Demo] = []
    for subject in subjects:
        name = name_of(subject)
        old = known.get(keys[name])
        if old is None or not _sound(subject, old) or (again and proofs.has_its_turn(name, again, today)):
            due.append(subject)
        else:
            found[name] = old

    def done(subject: Exercise | Demo, unproved: list[Unproved]) -> None:
        found[name_of(subject)] = unproved

    try:
        prove_all(due, jobs, say, done, allow_level_1=consent.given())
    finally:
        proofs.keep({keys[name]: unproved for name, unproved in found.items()})
        if record and folder:
            sound = {name_of(one): found[name_of(one)] for one in subjects if _sound(one, found.get(name_of(one)))}
            still = {n: one for n, one in proofs.recorded(folder).items() if keys.get(n) == one.fingerprint}
            earlier = {name: one for name, one in still.items() if name not in found}
            proofs.record(folder, earlier | {name: proofs.Proof(keys[name], ones) for name, ones in sound.items()})
    return found, len(due)


def _fingerprint(subject: Exercise | Demo, versions: dict[str, str]) -> str:
    if isinstance(subject, Exercise):
        return fingerprint(subject, versions)
    folder = mirror.default()
    states = {data.id: mirror.state(data, folder) == "real" for data in mentioned(subject.source)}
    return fingerprint_of_demo(subject, {**versions, **{f"real {id}": str(real) for id, real in states.items()}})


def _sound(subject: Exercise | Demo, found: Sequence[Unproved] | None) -> bool:
    """Whether it was judged, and everything held but for what is waived."""
    return found is not None and all(
        isinstance(subject, Exercise) and waiver_of(subject, one.rule, one.part) is not None for one in found
    )


def _of_demo(demo: Demo, one: Unproved) -> Problem:
    """A fact that does not hold, where it is stated; `line` counts the facts."""
    path = demo.path.with_suffix(".yaml")
    return Problem(path, *read(path).mark(("facts", one.line)), one.rule, one.message)


def _unwaived(exercise: Exercise, found: list[Unproved]) -> list[Problem]:
    """What the judging has found and nobody has waived, at its place. Where a part was skipped, waivers may be due."""
    problems = [
        Problem(exercise.folder / one.file, *_place(exercise, one), one.rule, one.message, one.part)
        for one in found
        if one.rule != SKIPPED
    ]
    return without_waived(exercise, problems, PROVED if len(problems) == len(found) else ())


def _place(exercise: Exercise, one: Unproved) -> Mark:
    """What is found in an exercise.yaml stands at its part's budget or text."""
    if one.file != "exercise.yaml":
        return Mark(one.line)
    number = next(number for number, part in enumerate(exercise.parts) if part.id == one.part)
    key = {"budget": "budget", "last-hint-passes": "hints"}.get(one.rule, "text")
    return read(exercise.folder / one.file).mark(("parts", number, key))
