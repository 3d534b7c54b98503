"""How a class did, from what its run has kept: nothing is judged again, and nobody's code is run."""

from __future__ import annotations

import ast
import contextlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from grader.batch import practice as practising
from grader.batch.fingerprints import Prints, alike, fingerprints
from grader.batch.ledger import Lines, Place
from grader.batch.normal_tree import LARGEST, Normal, names_of, normal, parsed
from grader.batch.wrong_answers import Answered, authored, clusters, mistakes
from grader.records.printable import clean, one_line
from grader.report.review.record import ClassReview, ExerciseReview, Pair, PartRate, Side
from grader.submission import BadSubmission
from lessons import edit
from lessons.schema import RUN_KINDS, Course, Exercise

PAIRS = 20
"""How many are shown of an exercise."""
BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)
BREAK = re.compile(r"\r\n|\r|\n")
"""As Python counts lines."""


def review(
    folder: Path, course: Course, exercises: Sequence[Exercise] | None = None, progress: Path | None = None
) -> ClassReview:
    """How the class did whose run has written `folder`.

    exercises: only these. progress: a folder of learners' own records. One exercise's answers are in memory at a time.
    Raises LedgerError, BadSubmission and OSError.
    """
    kept = Lines(folder)
    by: dict[str, list[Place]] = defaultdict(list)
    for place in kept.places().values():
        by[place.exercise].append(place)
    chosen = [one for one in (course.exercises if exercises is None else exercises) if one.id in by]
    if not chosen:
        raise BadSubmission(f"{kept.path} has no answer to these exercises. Is it of another course? Say --course DIR.")
    learners = sorted({place.learner for places in by.values() for place in places})
    notes = []
    others = sorted(set(by) - {one.id for one in course.exercises})
    if others:
        notes.append(f"Not in this course, and left out: {', '.join(others)}.")
    taken = _records(progress, learners, course, notes) if progress is not None else {}
    made = [_reviewed(one, kept, sorted(by[one.id], key=lambda place: place.learner), taken) for one in chosen]
    return ClassReview(course=course.title, learners=len(learners), exercises=tuple(made), notes=tuple(notes))


Records = Mapping[str, Mapping[str, practising.Record]]


def _records(folder: Path, learners: Iterable[str], course: Course, notes: list[str]) -> Records:
    """By learner. notes: takes a line for each that cannot be read."""
    found = {}
    try:
        paths = practising.records(folder, learners, notes)
    except OSError as error:
        raise BadSubmission(f"{folder}: cannot be read ({error.strerror}).") from None
    for learner, path in paths.items():
        try:
            found[learner] = practising.read(path, course)
        except (OSError, ValueError) as error:
            notes.append(one_line(f"{path}: left out; {getattr(error, 'strerror', None) or error}"))
    return found


def _reviewed(exercise: Exercise, kept: Lines, places: Sequence[Place], records: Records) -> ExerciseReview:
    reference = _text(exercise.reference)
    given = _given(exercise, reference)
    answers = [
        Answered(entry.learner, entry.verdict, entry.source, _normal(entry.source, given))
        for entry in kept.read(places)
    ]
    named = authored(reference)
    verdicts = [one.verdict for one in answers]
    skipped = [sum(part.status == "skipped" for part in verdict.parts) for verdict in verdicts]
    pairs, more = _pairs(answers, _known(exercise, reference, given))
    own = [records[one.learner][exercise.id] for one in answers if exercise.id in records.get(one.learner, {})]
    return ExerciseReview(
        exercise=exercise.id,
        title=exercise.title,
        handed_in=len(answers),
        passed=sum(one.status == "passed" and not left for one, left in zip(verdicts, skipped, strict=True)),
        skipped=sum(skipped),
        ours=sum(one.status == "grader_error" for one in verdicts),
        parts=tuple(_rates(exercise, answers)),
        mistakes=mistakes(answers, named),
        clusters=clusters(exercise, answers, reference, named),
        pairs=pairs,
        more=more,
        uncompared=sum(one.normal is None for one in answers) if exercise.runs_code else 0,
        practice=practising.practice(own),
    )


def _rates(exercise: Exercise, answers: Sequence[Answered]) -> Iterable[PartRate]:
    for part in exercise.parts:
        found = [own.status for one in answers if (own := one.verdict.part(part.id)) is not None]
        judged = [status for status in found if status not in ("skipped", "grader_error")]
        yield PartRate(part=part.id, passed=judged.count("passed"), judged=len(judged))


def _pairs(answers: Sequence[Answered], known: frozenset[int]) -> tuple[tuple[Pair, ...], int]:
    """The pairs that are shown, and how many more there are."""
    by = {one.learner: one for one in answers if one.normal is not None}
    prints: dict[str, Prints] = {name: fingerprints(one.normal.tokens) for name, one in by.items() if one.normal}
    found = alike(prints, known)
    shown = []
    for one in found[:PAIRS]:
        left, right = by[one.left], by[one.right]
        same = left.normal is not None and right.normal is not None and left.normal.shape == right.normal.shape
        sides = [_side(side, prints[side.learner], one.shared) for side in (left, right)]
        shown.append(Pair(left=sides[0], right=sides[1], shared=len(one.shared), share=one.share, same=same))
    return tuple(shown), len(found) - len(shown)


def _side(answer: Answered, prints: Prints, shared: Iterable[int]) -> Side:
    lines = tuple(one_line(clean(line).expandtabs(4)) for line in BREAK.split(answer.source or ""))
    marked = sorted({line for number in shared for line in prints[number]})
    return Side(learner=answer.learner, lines=lines, marked=tuple(marked))


def _text(path: Path) -> str:
    """A trusted file of the course; nothing where an exercise has none."""
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _given(exercise: Exercise, reference: str) -> frozenset[str]:
    """Names that no learner has chosen."""
    found = {part.entry for part in exercise.parts if part.entry}
    for text in (exercise.starter, reference):
        if (tree := parsed(text, None)) is not None:
            found |= names_of(tree)
    return frozenset(found)


def _normal(source: str | None, given: frozenset[str], most: int | None = LARGEST) -> Normal | None:
    tree = parsed(source, most) if source is not None else None
    return normal(tree, given) if tree is not None else None


def _known(exercise: Exercise, reference: str, given: frozenset[str]) -> frozenset[int]:
    """Fingerprints of what the course itself has written: the starter, the reference and its wrong answers, what it
    shows in prompt and hints."""
    texts = [exercise.starter, reference, *BLOCK.findall(exercise.prompt), *_edits(exercise, reference)]
    for part in exercise.parts:
        texts += [block for hint in part.hints for block in BLOCK.findall(hint.text)]
    made = [_normal(text, given, None) for text in texts]
    return frozenset(number for one in made if one is not None for number in fingerprints(one.tokens))


def _edits(exercise: Exercise, reference: str) -> Iterable[str]:
    """The answers that `reference.py` writes as a change."""
    try:
        body = ast.parse(reference).body
    except SyntaxError:
        return
    entries = {part.id: part.entry for part in exercise.parts if part.kind in RUN_KINDS and part.entry}
    for found in filter(None, map(edit.edit_of, body)):
        for part, entry in entries.items():
            if found.part in (None, part):
                with contextlib.suppress(edit.EditError):  # of another part, or of no text
                    yield edit.edited(reference, entry, found.of or entry, found.replace).code
