"""The course's mutants, as they were judged last: the record is current, and what passes has its reason."""

from __future__ import annotations

from lessons.loading.loader import load_course
from lessons.schema import RUN_KINDS
from tutor.authoring import mutants


def test_every_exercise_that_runs_code_was_judged_as_it_is_now() -> None:
    course = load_course()
    kept = mutants.kept(course.path / mutants.RECORD)
    run = {one.id: one for one in course.exercises if any(part.kind in RUN_KINDS for part in one.parts)}
    assert kept.keys() == run.keys(), "run: dl-tutor lint --mutants"
    stale = [id for id, exercise in run.items() if kept[id].digest != mutants.digest(exercise)]
    assert stale == [], "run: dl-tutor lint --mutants"


def test_no_mutant_passes_without_a_reason_and_few_pass_with_one() -> None:
    course = load_course()
    kept = mutants.kept(course.path / mutants.RECORD)
    problems = [one for exercise in course.exercises if exercise.id in kept for one in mutants.problems(exercise, kept)]
    assert problems == []
    made, passing = sum(one.made for one in kept.values()), sum(len(one.passing) for one in kept.values())
    assert made > 1000
    assert passing / made < 0.13
