"""The course map as rows of text: a title, what it is worth, and how long it takes."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import msgspec
from rich.cells import cell_len, set_cell_size
from textual.content import Content

from grader.records.verdict import number
from grader.report.counted import out_of
from lessons.schema import Course, Exercise, Lesson, Unit
from tutor.learner.progress import Progress
from tutor.learner.remaining import in_words, minutes_left, total_left
from tutor.learner.standing import MARKS, Summary
from tutor.text.glossary import words_for
from tutor.text.passages import Passage
from tutor.text.search import Found

DETAIL = 40
"""Columns of the pane that describes the row under the cursor, where it stands beside the map."""
POINTS, TIME = 11, 12
CELLS, MORE_CELLS = 6, 12
"""Cells of a unit's bar, and those where there is room."""
Place = Unit | Lesson | Exercise | Passage


class Row(msgspec.Struct, frozen=True):
    """A line of the map; a heading has no name and cannot be opened."""

    text: Content
    name: str | None


def name(place: Unit | Lesson | Exercise) -> str:
    """A place's name among all rows."""
    return f"{type(place).__name__.lower()}-{place.id}"


def rows(
    course: Course,
    progress: Progress,
    found: Sequence[Found],
    after: Lesson | Exercise | None,
    width: int,
    folded: Collection[str] = (),
) -> Iterator[Row]:
    """The rows of what was found, below their units; `after` is marked as next, and of the units that are `folded`
    there is only the heading. The columns stay where they are, whatever is folded."""
    column, cells = columns(course, found, width)
    for unit in course.units:
        within = [one for one in found if one.place.unit == unit.id]
        if within:
            yield Row(_unit(course, unit, progress, column, cells, unit.id in folded), name(unit))
        for one in within if unit.id not in folded else ():
            place = one.place
            if isinstance(place, Lesson) and (group := unit.groups.get(place.id)):
                yield Row(Content.styled(cut(f"   {group}", column), "italic"), None)
            is_next = after is not None and name(after) == name(place)
            concepts = f"  {', '.join(words_for(course, one.concepts))}" if one.concepts else ""
            if isinstance(place, Lesson):
                summary = progress.lesson(place)
                time = _time(place, summary, progress)
            else:
                summary, time = progress.exercise(place), "exercise"
            start = _start(place, MARKS[summary.standing], is_next)
            figures = _figures(summary, time)
            if cell_len(concepts) <= width - column - POINTS - TIME:
                figures += concepts
            text = Content.assemble(cut(start, column), (figures, "dim"))
            yield Row(text, name(place))


def columns(course: Course, found: Sequence[Found], width: int) -> tuple[int, int]:
    """How wide the title and the bar are together, and the bar alone."""
    titles = [_start(one.place, "[ ]", False) for one in found]
    titles += [f"▾ {number}{unit.title}" for unit, number in zip(course.units, numbered(course).values(), strict=True)]
    widest = max((cell_len(title) for title in titles), default=0) + 2
    cells = MORE_CELLS if width - POINTS - TIME - MORE_CELLS > widest else CELLS
    return max(min(widest + cells, width - POINTS - TIME), cells + 1), cells


def headings(course: Course, found: Sequence[Found], width: int) -> str:
    """What stands above the columns."""
    column, _ = columns(course, found, width)
    return f"{'':{column}}{'points':>{POINTS}}{'time':>{TIME}}"


def passage_rows(found: Sequence[Passage], width: int) -> Iterator[Row]:
    """Where the text of the course has the words, with a name each by its number."""
    if found:
        yield Row(Content.styled("In the text", "bold"), None)
    column = min(max((cell_len(_titled(one)) for one in found), default=0), width * 3 // 5)
    for position, one in enumerate(found):
        excerpt = cut(one.excerpt, width - column - 4).rstrip()
        yield Row(Content.assemble("  ", cut(_titled(one), column), (f"  {excerpt}", "dim")), f"passage-{position}")


def _titled(one: Passage) -> str:
    return f"{one.where}: {one.title}"


def detail(course: Course, progress: Progress, place: Place) -> list[str]:
    """How far a place is, what it is about, and what is good to know before: a line each."""
    if isinstance(place, Passage):
        return [place.where, place.excerpt]
    if isinstance(place, Unit):
        return _unit_detail(progress, place)
    if isinstance(place, Lesson):
        read = len(progress.cards(place.id) & set(range(len(place.cards))))
        left = minutes_left(place, progress)
        time = f", about {in_words(left)} left" if left else ""
        needed = [course.lesson(id) for id in place.needs]
        needs = [f"{MARKS[progress.lesson(one).standing]} {one.title}" for one in needed if one is not None]
        lines = [f"{out_of(read, len(place.cards), 'card')} read{time}"]
        about = "Teaches"
    else:
        tasks = [course.exercise(id) for id in place.needs]
        needs = [f"{MARKS[progress.exercise(one).standing]} {one.title}" for one in tasks if one is not None]
        passed = sum(progress.part(place.id, part.id).passed for part in place.parts)
        lines = [f"Exercise: {out_of(passed, len(place.parts), 'part')} passed"]
        about = "About"
    if place.concepts:
        lines.append(f"{about}: {', '.join(words_for(course, place.concepts))}")
    lines.append(f"Builds on: {', '.join(needs)}" if needs else "Needs no earlier lesson")
    return lines


def numbered(course: Course) -> dict[str, str]:
    """What stands before the title of each unit."""
    counts = {unit.id: f"{count}  " for count, unit in enumerate(course.numbered, 1)}
    return {unit.id: counts.get(unit.id, "") for unit in course.units}


def _unit(course: Course, unit: Unit, progress: Progress, column: int, cells: int, folded: bool) -> Content:
    summaries = [progress.lesson(lesson) for lesson in unit.lessons]
    done = sum(one.standing == "done" for one in summaries)
    whole = Summary(
        standing="done" if done == len(summaries) else "begun",
        score=sum(one.score for one in summaries),
        points=sum(one.points for one in summaries),
    )
    left = total_left(unit.lessons, progress)
    figures = _figures(whole, f"{in_words(left)}" if left else "done")
    title = f"{'▸' if folded else '▾'} {numbered(course)[unit.id]}{unit.title}"
    return Content.assemble((cut(title, column - cells), "bold"), bar(share(unit, progress), cells), (figures, "dim"))


def share(unit: Unit, progress: Progress) -> float:
    """How much of a unit is done: of its cards, those that were read, and of its exercises' parts, those passed."""
    read = sum(len(progress.cards(one.id) & set(range(len(one.cards)))) for one in unit.lessons)
    parts = [(one.id, part.id) for lesson in unit.lessons for one in lesson.exercises for part in one.parts]
    passed = sum(progress.part(*part).passed for part in parts)
    return (read + passed) / max(1, len(parts) + sum(len(one.cards) for one in unit.lessons))


def bar(share: float, cells: int) -> str:
    """A share as filled cells: none only where nothing is done, all only where everything is."""
    filled = min(max(round(share * cells), 1 if share else 0), cells if share >= 1 else cells - 1)
    return "■" * filled + "□" * (cells - filled)


def _unit_detail(progress: Progress, unit: Unit) -> list[str]:
    exercises = [one for lesson in unit.lessons for one in lesson.exercises]
    passed = sum(progress.exercise(one).standing == "done" for one in exercises)
    done = sum(progress.lesson(one).standing == "done" for one in unit.lessons)
    left = total_left(unit.lessons, progress)
    time = f", about {in_words(left)} left" if left else ""
    return [
        f"{out_of(done, len(unit.lessons), 'lesson')} done{time}",
        f"{out_of(passed, len(exercises), 'exercise')} passed",
        "Enter folds the unit, and opens it again.",
    ]


def _time(lesson: Lesson, summary: Summary, progress: Progress) -> str:
    if summary.standing == "begun":
        time = in_words(minutes_left(lesson, progress))
        return f"{time} left" if len(time) + len(" left") < TIME else time
    return in_words(lesson.minutes)


def _figures(summary: Summary, time: str) -> str:
    points = f"{number(summary.score)}/{number(summary.points)}" if summary.points else ""
    return f"{points:>{POINTS}}{time:>{TIME}}"


def _start(place: Lesson | Exercise, mark: str, is_next: bool) -> str:
    depth = 1 if isinstance(place, Exercise) else 0
    return f"{'→' if is_next else ' '} {'    ' * depth}{mark} {place.title}"


def cut(text: str, width: int) -> str:
    """The text in exactly `width` columns, at least one; what does not fit ends with a dot dot dot."""
    width = max(1, width)
    return text + " " * (width - cell_len(text)) if cell_len(text) <= width else set_cell_size(text, width - 1) + "…"
