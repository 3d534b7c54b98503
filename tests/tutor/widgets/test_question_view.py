"""A question's fields and options: no name is cut, and an option goes on below its first word."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.screen import Screen

from grader.questions.answers import Asked
from lessons.schema import Option
from tests.tutor.screen import app, settle, shows, text
from tutor.widgets.question_view import QuestionView

OPTIONS = (Option(id="a", text="One word after another, and then some more of them"), Option(id="b", text="None"))
ROWS = ("two", "first 2 epochs", "the sum of all of them, for ever and ever")


class Sheet(Screen[None]):
    """One question."""

    def __init__(self, question: QuestionView) -> None:
        super().__init__()
        self.question = question

    def compose(self) -> ComposeResult:
        yield self.question


async def test_the_name_of_a_row_is_whole() -> None:
    one = app()
    async with one.run_test(size=(60, 16)) as pilot:
        part = one.session.course.exercises[0].part("table")
        assert part is not None
        await one.push_screen(Sheet(QuestionView(part, Asked("What?", (), ROWS, {}), None)))
        await settle(pilot, shows(pilot, "first 2 epochs  ", "the sum of all of them, ", "for ever and ever"))


async def test_an_option_goes_on_below_its_first_word() -> None:
    one = app()
    async with one.run_test(size=(30, 16)) as pilot:
        part = one.session.course.exercises[0].part("slope")
        assert part is not None
        question = QuestionView(part, Asked("What?", OPTIONS, (), {}), None)
        await one.push_screen(Sheet(question))
        await settle(pilot, shows(pilot, "▸( ) One word after\n      another, and then", "  ( ) None"))
        question.focus_first()
        await pilot.press("down")
        await settle(pilot, shows(pilot, "▸( ) None"))
        assert text(pilot.app.screen).count("▸") == 1
        await pilot.resize_terminal(100, 16)
        await settle(pilot, shows(pilot, "One word after another, and then some more of them"))
