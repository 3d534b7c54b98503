"""The course in plain lines: what the screen shows, for pipes, small terminals and screen readers."""

from __future__ import annotations

import textwrap
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from grader.report.counted import counted, out_of
from grader.report.fold import WORDS
from lessons.formulas.prose import WIDTH, prose
from lessons.schema import (
    Course,
    Demo,
    DemoBlock,
    Exercise,
    ExerciseBlock,
    Lesson,
    Part,
    Prose,
)
from tutor.learner.earned import as_earned
from tutor.learner.progress import Progress
from tutor.learner.remaining import in_words, minutes_left, total_left
from tutor.learner.standing import MARKS
from tutor.plots.curves import curve_lines
from tutor.text.passages import Passage

if TYPE_CHECKING:  # the open app shows its map before it needs the grader
    from grader.questions.answers import Asked
    from grader.solution import Solution


Found = Collection[tuple[type, str]]
"""Types and ids of the lessons and exercises that are listed."""


def catalogue(course: Course, found: Found, texts: Sequence[Passage] = ()) -> dict[str, Any]:
    """The course as `list --json` gives it: a lesson stands there for itself or for an exercise of it."""
    return {
        "passages": [
            {"command": command(course, one), "where": one.where, "title": one.title, "text": one.excerpt}
            for one in texts
        ],
        "course": course.id,
        "units": [
            {
                "id": unit.id,
                "title": unit.title,
                "lessons": [
                    {
                        "id": lesson.id,
                        "title": lesson.title,
                        "minutes": lesson.minutes,
                        "needs": lesson.needs,
                        "demos": [{"id": demo.id, "title": demo.title, "covers": demo.covers} for demo in lesson.demos],
                        "exercises": [
                            _exercise(exercise) for exercise in lesson.exercises if (Exercise, exercise.id) in found
                        ],
                    }
                    for lesson in unit.lessons
                    if _listed(lesson, found)
                ],
            }
            for unit in course.units
            if any(_listed(lesson, found) for lesson in unit.lessons)
        ],
    }


def passage_lines(course: Course, texts: Sequence[Passage]) -> Iterator[str]:
    """Where the text of the course has the words that were looked for, with the command that shows it."""
    if texts:
        yield "In the text"
    for one in texts:
        yield f"  {one.where}: {one.title}  ({command(course, one)})"
        yield textwrap.shorten(one.excerpt, WIDTH - 6, initial_indent=" " * 6, placeholder=" …")


def command(course: Course, passage: Passage) -> str:
    """What shows a passage."""
    match passage.place:
        case Lesson(id=id):
            return f"dl-tutor read {id} --card {(passage.card or 0) + 1}"
        case Exercise(id=id):
            return f"dl-tutor start {id}"
        case term:
            return f"dl-tutor glossary {next(id for id, one in course.glossary.items() if one is term)}"


def _exercise(exercise: Exercise) -> dict[str, Any]:
    return {
        "id": exercise.id,
        "title": exercise.title,
        "needs": exercise.needs,
        "parts": [
            {"id": part.id, "kind": part.kind, "points": part.points, "covers": part.covers} for part in exercise.parts
        ],
    }


def _listed(lesson: Lesson, found: Found) -> bool:
    return (Lesson, lesson.id) in found or any((Exercise, one.id) in found for one in lesson.exercises)


def course_map(course: Course, progress: Progress, found: Found | None = None) -> Iterator[str]:
    """The map with how far the learner is and how much time is left; of the whole course, or of what was found."""
    left = total_left(course.lessons, progress)
    yield course.title + (f", about {in_words(left)} left" if left else "")
    for unit in course.units:
        lessons = [lesson for lesson in unit.lessons if found is None or _listed(lesson, found)]
        if lessons:
            yield f"  {unit.title}"
        for lesson in lessons:
            if group := unit.groups.get(lesson.id):
                yield f"   {group}"
            summary = progress.lesson(lesson)
            points = out_of(summary.score, summary.points, "point")
            time = in_words(lesson.minutes)
            if summary.standing == "begun":
                time = f"{in_words(minutes_left(lesson, progress))} left"
            yield f"    {MARKS[summary.standing]} {lesson.id}: {lesson.title} ({time}, {points})"
            for exercise in lesson.exercises:
                if found is not None and (Exercise, exercise.id) not in found:
                    continue
                state = progress.exercise(exercise)
                points = out_of(state.score, state.points, "point")
                yield f"        {MARKS[state.standing]} {exercise.id}: {exercise.title} ({points})"
    yield "[x] done, [-] begun, [ ] new"


def what_next(course: Course, progress: Progress) -> str:
    """One sentence: the command to go on with."""
    lesson = progress.next_lesson(course)
    if lesson is None:
        return "You have passed every exercise of the course."
    if not progress.cards(lesson.id):
        return f"Next: dl-tutor read {lesson.id}"
    exercise = next((e for e in lesson.exercises if progress.exercise(e).standing != "done"), None)
    return f"Next: dl-tutor start {exercise.id}" if exercise else f"Next: dl-tutor read {lesson.id}"


def lesson_lines(lesson: Lesson, progress: Progress, card: int | None = None, spoken: bool = False) -> Iterator[str]:
    """A lesson, or one of its cards (counted from 1); its formulas are drawn, or said in words."""
    yield f"{lesson.title} ({counted(lesson.minutes, 'minute')})"
    for index, content in enumerate(lesson.cards, 1):
        if card is not None and index != card:
            continue
        yield ""
        yield f"--- card {index} of {len(lesson.cards)} ---"
        for place, block in enumerate(as_earned(lesson, content, progress).blocks):
            if place:
                yield ""
            if isinstance(block, Prose):
                yield prose(block.text, spoken)
            elif isinstance(block, DemoBlock):
                demo = lesson.demo(block.demo)
                assert demo is not None
                yield from demo_lines(demo)
            elif isinstance(block, ExerciseBlock):
                exercise = next(e for e in lesson.exercises if e.id == block.exercise)
                yield f"Exercise {exercise.id}: {exercise.title}"
                yield f"    dl-tutor start {exercise.id}"


def demo_lines(demo: Demo) -> Iterator[str]:
    """A demo's source and how to run it."""
    yield f"Demo {demo.id}: {demo.title}"
    yield textwrap.indent(demo.source.strip(), "    ")
    yield f"    run it: dl-tutor demo {demo.lesson}/{demo.id}"
    yield f"    change it: dl-tutor demo {demo.lesson}/{demo.id} --edit"


def event_lines(event: dict[str, Any]) -> Iterator[str]:
    """What is printed of an event while a run goes on: figures that are complete. The rest comes at the end."""
    if event["type"] == "figure" and event["figure"].key is None:
        from tutor.plots.drawing import plain_lines

        yield from plain_lines(event["figure"])


def end_lines(events: Iterable[dict[str, Any]]) -> Iterator[str]:
    """What is printed when a run is over: of each figure that was drawn again and again the last picture; curves."""
    events = list(events)
    if last := {event["figure"].key: event["figure"] for event in events if event["type"] == "figure"}:
        from tutor.plots.drawing import plain_lines

        for key, figure in last.items():
            if key is not None:
                yield from plain_lines(figure)
    yield from curve_lines(events)


def question_lines(exercise: Exercise, part: Part, asked: Asked, verbs: str = "dl-tutor") -> Iterator[str]:
    """A question that is answered with a value, and how to answer it; verbs: what stands before `answer`."""
    yield prose(asked.text)
    for option in asked.options:
        first, *rest = prose(option.text.strip()).splitlines() or [""]
        yield f"  {option.id}: {first}"
        yield from (f"    {line}" for line in rest)
    if asked.rows:
        yield f"  rows: {', '.join(asked.rows)}"
    if part.letters:
        yield f"  a formula in {', '.join(part.letters)}"
    form = {"multi": "OPTION,OPTION,..", "numeric": "VALUE", "formula": '"FORMULA"'}.get(part.kind, "OPTION")
    if asked.rows:
        form = f'"{asked.rows[0]}=.., {asked.rows[1] if len(asked.rows) > 1 else "ROW"}=.."'
    yield f"  answer: {verbs} answer {exercise.id}.{part.id} {form}"


def progress_lines(course: Course, progress: Progress) -> Iterator[str]:
    """All points, and then each exercise's parts with their best result."""
    summaries = {exercise.id: progress.exercise(exercise) for exercise in course.exercises}
    score, points = (sum(getattr(one, name) for one in summaries.values()) for name in ("score", "points"))
    yield out_of(score, points, "point")
    for exercise in course.exercises:
        summary = summaries[exercise.id]
        yield f"{MARKS[summary.standing]} {exercise.id}: {out_of(summary.score, summary.points, 'point')}"
        for part in exercise.parts:
            state = progress.part(exercise.id, part.id)
            word = WORDS[state.status] if state.status else "new"
            tries = counted(state.attempts, "attempt")
            hints = f", {counted(state.hints, 'hint')}" if state.hints else ""
            yield f"      {part.id}: {word} ({tries}{hints})"


def progress_record(course: Course, progress: Progress) -> dict[str, Any]:
    """The same for `progress --json`."""
    exercises = []
    for exercise in course.exercises:
        summary = progress.exercise(exercise)
        parts = []
        for part in exercise.parts:
            state = progress.part(exercise.id, part.id)
            parts.append(
                {
                    "id": part.id,
                    "status": state.status,
                    "score": state.score,
                    "max": float(part.points),
                    "attempts": state.attempts,
                    "hints": state.hints,
                }
            )
        exercises.append(
            {
                "id": exercise.id,
                "standing": summary.standing,
                "score": summary.score,
                "max": summary.points,
                "solution": progress.solution_shown(exercise.id),
                "parts": parts,
            }
        )
    return {"course": course.id, "exercises": exercises}


def solution_lines(solution: Solution) -> Iterator[str]:
    """The solution: the course's code, other ways, the right answers."""
    if solution.code:
        yield "The course's solution:\n"
        yield textwrap.indent(solution.code.rstrip(), "    ")
    for other in solution.alternatives:
        yield "\nAnother way:\n"
        yield textwrap.indent(other.rstrip(), "    ")
    for part, answer in solution.answers:
        yield f"\n{part}: {prose(answer)}"
