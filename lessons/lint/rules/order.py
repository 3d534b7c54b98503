"""What comes before what: needs and concepts follow the order of reading."""

from __future__ import annotations

from collections.abc import Iterator

from lessons.error import did_you_mean
from lessons.lint.rules.problem import Problem, problem
from lessons.loading.source import Source, read
from lessons.loading.text import read_lesson
from lessons.schema import Course


def needs(course: Course) -> Iterator[Problem]:
    """Lessons need lessons, exercises need exercises; what is needed is there, and comes before."""
    for graph, sources in (_lessons(course), _exercises(course)):
        order = {id: number for number, id in enumerate(graph)}
        for id, needed in graph.items():
            for number, other in enumerate(needed):
                at = ("needs", number)
                if other not in graph:
                    message = f"there is no `{other}` to need. {did_you_mean(other, graph)}"
                    yield problem("needs", sources[id], at, message)
                elif circle := _way(graph, other, id):
                    message = f"needs in a circle: {' -> '.join([id, *circle])}"
                    yield problem("needs", sources[id], at, message)
                elif order[other] > order[id]:
                    yield problem("needs", sources[id], at, f"`{other}` comes only later")


def concepts(course: Course) -> Iterator[Problem]:
    """What an exercise asks for is taught by its lesson or by an earlier one."""
    taught: set[str] = set()
    for lesson in course.lessons:
        taught |= set(lesson.concepts)
        for exercise in lesson.exercises:
            source = read(exercise.folder / "exercise.yaml")
            for number, concept in enumerate(exercise.concepts):
                if concept not in taught:
                    message = f"no lesson up to here teaches `{concept}`"
                    yield problem("concepts", source, ("concepts", number), message)


Graph = tuple[dict[str, tuple[str, ...]], dict[str, Source]]


def _lessons(course: Course) -> Graph:
    return (
        {lesson.id: lesson.needs for lesson in course.lessons},
        {lesson.id: read_lesson(lesson.path / "lesson.md").source for lesson in course.lessons},
    )


def _exercises(course: Course) -> Graph:
    return (
        {exercise.id: exercise.needs for exercise in course.exercises},
        {exercise.id: read(exercise.folder / "exercise.yaml") for exercise in course.exercises},
    )


def _way(graph: dict[str, tuple[str, ...]], start: str, end: str) -> list[str]:
    """A way along the needs from `start` to `end`, both included; empty where there is none."""
    ways = [[start]]
    seen: set[str] = set()
    while ways:
        way = ways.pop(0)
        if way[-1] == end:
            return way
        if way[-1] not in seen:
            seen.add(way[-1])
            ways += [[*way, other] for other in graph.get(way[-1], ())]
    return []
