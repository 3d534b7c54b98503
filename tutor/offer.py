"""What the palette offers by name: the screen's own commands, the app's, and places of the course."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from textual.app import SystemCommand
from textual.screen import Screen

from lessons.schema import Exercise, Lesson
from tutor.screens.course_map import CourseMap
from tutor.screens.glossary import open_glossary

if TYPE_CHECKING:
    from tutor.app import TutorApp


def offered(app: TutorApp, screen: Screen[object]) -> Iterator[SystemCommand]:
    """Every command, those of the screen first."""
    own: Callable[[], Iterator[SystemCommand]] | None = getattr(screen, "commands", None)
    if own is not None:
        yield from own()
    course = app.session.course

    def at_map(act: Callable[[CourseMap], None]) -> Callable[[], None]:
        """Goes back to the map, and does there what is asked for."""

        def done() -> None:
            if (found := back_to_map(app)) is not None:
                act(found)

        return done

    yield SystemCommand("Continue", "Opens what comes next in the course", at_map(CourseMap.action_continue))
    yield SystemCommand("Search", "Titles, cards, tasks and the glossary", app.action_search)
    yield SystemCommand("Review", "What was learned and is due again", at_map(CourseMap.action_review))
    yield SystemCommand("Statistics", "Attempts, concepts and time, drawn", at_map(CourseMap.action_statistics))
    yield SystemCommand("Map", "Back to the whole course", at_map(lambda found: None))
    yield SystemCommand("Help", "Every key", app.action_help)
    if course.tour is not None:
        yield SystemCommand("Tour", "Offers the tour of the first start again", app.offer_tour)
    if glossary := course.glossary:
        yield SystemCommand("Glossary", "Every term of the course", lambda: open_glossary(app, glossary))
    yield SystemCommand("Theme", "Other colours, light and dark", app.action_change_theme)
    yield SystemCommand("Quit", "Saves everything and leaves", app.action_quit)
    for lesson in course.lessons:
        yield SystemCommand(f"Read: {lesson.title}", "Opens the lesson", lambda lesson=lesson: _go(app, lesson))
    for exercise in course.exercises:
        opened = f"Practise: {exercise.title}"
        yield SystemCommand(opened, "Opens the exercise", lambda exercise=exercise: _go(app, exercise))


def back_to_map(app: TutorApp) -> CourseMap | None:
    """Closes what lies over the map. None where there is no map, as while the app ends."""
    while len(app.screen_stack) > 2:
        app.pop_screen()
    return app.screen if isinstance(app.screen, CourseMap) else None


def _go(app: TutorApp, place: Lesson | Exercise) -> None:
    back_to_map(app)
    if isinstance(place, Lesson):
        app.open_lesson(place)
    else:
        app.open_exercise(place)
