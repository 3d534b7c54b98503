"""What learners, courses and answers say is drawn by the app as text: it moves no terminal and is no markup."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.content import Content
from textual.filter import Monochrome
from textual.widgets import Static

from grader.records.given import Given
from grader.records.verdict import Check, Output, PartVerdict, Sandbox, Verdict
from grader.submission import write_answer
from lessons.loading.loader import load_course
from tests.grader.records.hostile import HARMLESS, HOSTILE, harms
from tests.tutor.screen import COURSE, LARGE, QuickGrader, app, practise, settle, shows, text
from tutor.learner import workspace
from tutor.screens.palette import Palette
from tutor.widgets.harmless_lines import HarmlessLines
from tutor.widgets.verdict_view import VerdictView

ALL = "".join(HOSTILE.values()).encode("utf-8", "replace").decode()
MARKUP = "[@click=app.quit]x[/] [link=http://evil.example]y[/link] [bold]z [/ [red] $x \\[b]"


@pytest.fixture(autouse=True)
def questions(same_questions: None) -> None:
    """Every question is drawn with the same numbers."""


def lines(screen: Any) -> str:
    """The screen without its line ends, which are the terminal's own."""
    return text(screen).replace("\n", "")


async def test_a_file_that_would_move_the_terminal_is_shown_and_moves_nothing() -> None:
    exercise = load_course(COURSE).exercises[0]
    path = workspace.path_of(exercise)
    path.parent.mkdir(parents=True)
    path.write_text(f"# seen {ALL} seen too\ndef double(x):\n    return 2 * x\n", encoding="utf-8", newline="")
    write_answer(workspace.answers_of(exercise), exercise.id, exercise.parts[1].id, Given(ALL))
    one = app()
    async with one.run_test(size=LARGE) as pilot:
        await practise(pilot)
        await settle(pilot, shows(pilot, "# seen"))
        assert harms(lines(one.screen)) == []


@pytest.mark.parametrize("said", [ALL, MARKUP], ids=["controls", "markup"])
async def test_a_verdict_is_text(said: str) -> None:
    check = Check(label=said, status="failed", score=0, max=1, message=f"seen {said}", got=said, hint=f"a hint {said}")
    part = PartVerdict(part="code", kind="code", status="failed", score=0, max=1, message=said, checks=(check,))
    whole = Verdict(
        exercise="double",
        score=0,
        max=1,
        parts=(part,),
        status="failed",
        message=said,
        output=Output(head=f"printed {said}"),
        sandbox=Sandbox(level=1, layers=()),
    )
    one = app()
    async with one.run_test(size=LARGE) as pilot:
        await practise(pilot)
        one.screen.query_one(VerdictView).show(whole)
        await settle(pilot, shows(pilot, "seen"))
        assert harms(lines(one.screen)) == []
        if said == MARKUP:
            assert "[@click=app.quit]x[/]" in text(one.screen)
        for drawn in one.screen.query_one(VerdictView).query(Static):
            content = drawn.content
            assert not isinstance(content, str) and not any("@click" in span.style.meta for span in _spans(content))


def _spans(content: Any) -> list[Any]:
    return [span for span in content.spans if hasattr(span.style, "meta")] if isinstance(content, Content) else []


@pytest.mark.parametrize(
    "title",
    [
        "[@click=app.quit]gone[/]",
        "closed [/",
        *(pytest.param(one, marks=pytest.mark.slow) for one in ("Slopes [i, j]", "x [/] y", "\\[b] [bold]")),
    ],
)
async def test_a_title_is_no_markup_anywhere(tmp_path: Path, title: str) -> None:
    folder = Path(shutil.copytree(COURSE, tmp_path / "course"))
    for name, old in (("course.yaml", "A tiny course"), ("lesson.md", "Slopes"), ("exercise.yaml", "Twice as much")):
        file = sorted(folder.rglob(name))[0]
        file.write_text(file.read_text().replace(f"title: {old}", f"title: '{title}'", 1))
    one = app(course=folder)
    async with one.run_test(size=LARGE) as pilot:
        await settle(pilot, shows(pilot, title))
        await pilot.press("ctrl+p")
        await settle(pilot, lambda: isinstance(one.screen, Palette))
        await settle(pilot, shows(pilot, f"Practise: {title}"))
        await pilot.press(*"practise")
        await settle(pilot, shows(pilot, f"Practise: {title}"))
        await pilot.press("escape", "down", "enter")
        await settle(pilot, lambda: not isinstance(one.screen, Palette))
        await settle(pilot, shows(pilot, title))
        assert one.is_running


async def test_a_demo_prints_text(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = QuickGrader()
    quick.events = [{"type": "log", "values": {MARKUP[:30]: 0.25}, "step": 3}]
    real: Callable[..., Any] = QuickGrader.run

    def run(self: QuickGrader, source: str, *, on_output: Callable[[str, str], None], **more: Any) -> Any:
        on_output(f"printed {MARKUP}\n", "")
        return real(self, source, on_output=on_output, **more)

    monkeypatch.setattr(QuickGrader, "run", run)
    one = app(quick)
    async with one.run_test(size=LARGE) as pilot:
        await settle(pilot, shows(pilot, "Slopes"))
        await pilot.press("enter")
        await settle(pilot, shows(pilot, "card 1 of 3"))
        await pilot.press("right")
        await settle(pilot)
        await pilot.press("r")
        await settle(pilot, shows(pilot, "printed [@click=app.quit]x[/]"))


# --- lines --------------------------------------------------------------------------------------------------------


def filtered(text: str, style: Style | None = None) -> Segment:
    (one,) = HarmlessLines().apply([Segment(text, style)], Color(0, 0, 0))
    return one


@pytest.mark.parametrize("name", HOSTILE)
def test_a_line_keeps_its_width_and_loses_what_harms(name: str) -> None:
    line = HOSTILE[name].replace("\n", "").replace("\t", "")
    harmless = filtered(line)
    assert harms(harmless.text) == [] and "\n" not in harmless.text
    assert cell_len(harmless.text) == cell_len(line) or name in ("separators",)


@pytest.mark.parametrize("name", [name for name in HARMLESS if name != "lines"])
def test_a_harmless_line_is_as_it_was(name: str) -> None:
    assert filtered(HARMLESS[name]).text == HARMLESS[name]


def test_an_address_that_would_move_the_terminal_is_left_out() -> None:
    assert filtered("x", Style(link="http://x\x1b\\\x1b]52;c;x\x07")).style.link is None  # type: ignore[union-attr]
    assert filtered("x", Style(link="http://x")).style.link == "http://x"  # type: ignore[union-attr]


async def test_every_line_of_the_app_goes_through_it() -> None:
    one = app()
    async with one.run_test(size=LARGE):
        (filtering,) = one.get_line_filters()
        assert isinstance(filtering, HarmlessLines) and filtering.before == tuple(one._filters) != ()
        assert one.get_line_filters()[0] is filtering  # else no line that it has filtered would be found again
        one._filters.append(Monochrome())  # as NO_COLOR has it
        (grey,) = one.get_line_filters()
        (line,) = grey.apply([Segment("x\x1b", Style(color="#ff0000"))], Color(0, 0, 0))
        assert line.text == "x" and line.style is not None and line.style.color is not None
        red, green, blue = line.style.color.get_truecolor()
        assert red == green == blue
