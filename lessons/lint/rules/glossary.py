"""The glossary: what a lesson says that it teaches is explained there, and its entries lead to each other."""

from __future__ import annotations

from collections.abc import Iterator

from lessons.error import did_you_mean
from lessons.lint.rules.problem import Problem, problem
from lessons.loading.source import read
from lessons.loading.text import read_lesson
from lessons.schema import Course


def glossary(course: Course) -> Iterator[Problem]:
    """Every concept of a lesson has an entry; `see` names other entries; no two entries answer to one word."""
    for lesson in course.lessons:
        source = read_lesson(lesson.path / "lesson.md").source
        for number, concept in enumerate(lesson.concepts):
            if concept not in course.glossary:
                message = f"glossary.yaml does not explain `{concept}`"
                yield problem("glossary", source, ("concepts", number), message)
    if not course.glossary:
        return
    source = read(course.path / "glossary.yaml")
    owner: dict[str, str] = {}
    for id, entry in course.glossary.items():
        for number, other in enumerate(entry.see):
            at = ("terms", id, "see", number)
            if other == id:
                yield problem("glossary", source, at, f"`{id}` names itself")
            elif other not in course.glossary:
                message = f"there is no entry `{other}`. {did_you_mean(other, course.glossary)}"
                yield problem("glossary", source, at, message)
        for form in (entry.term, *entry.also):
            if owner.setdefault(form.casefold(), id) != id:
                message = f"`{form}` is a word of `{owner[form.casefold()]}` too"
                yield problem("glossary", source, ("terms", id), message, key=True)
