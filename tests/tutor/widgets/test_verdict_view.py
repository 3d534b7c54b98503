"""The screen says of a verdict what plain lines say: both are folded from it in one place."""

from __future__ import annotations

import msgspec
from textual.app import App, ComposeResult

from grader.records.verdict import Check, DataUse, Diagnosis, Output, PartVerdict, Sandbox, Verdict
from grader.report.fold import fold
from grader.report.text import render
from tests.tutor.screen import text
from tutor.widgets.verdict_view import NOTHING, VerdictView

ALIKE = tuple(
    Check(label=f"case {number}", status="failed", score=0.0, max=1.0, message="a sign differs", share=0.5, abs=2.0)
    for number in range(3)
)
OTHERS = tuple(
    Check(
        label=f"other {number}",
        status="failed",
        score=0.0,
        max=1.0,
        message=f"way {number}",
        expected="[1, 2]",
        got="[2, 1]",
        diagnosis=(Diagnosis(name="turned", message=f"Turned {number} times."),),
        hint="Which way round?",
    )
    for number in range(5)
)
VERDICT = Verdict(
    exercise="garments",
    score=1.0,
    max=3.0,
    status="failed",
    parts=(PartVerdict(part="code", kind="code", status="failed", score=1.0, max=3.0, checks=(*ALIKE, *OTHERS)),),
    output=Output(head="epoch 1\nepoch 2\n"),
    seed=7,
    sandbox=Sandbox(level=2, layers=()),
    data=(DataUse(id="fashion-mnist", name="drawn-garments", real=False, notice="drawn-garments stand in for it."),),
)


class Alone(App[None]):
    def compose(self) -> ComposeResult:
        yield VerdictView(id="verdict")


async def test_what_to_do_next_stands_above_what_was_printed() -> None:
    async with Alone().run_test(size=(160, 80)) as pilot:
        pilot.app.query_one(VerdictView).show(VERDICT, ["F8 goes to the next part."])
        await pilot.pause()
        screen = text(pilot.app.screen)
    assert 0 < screen.index("checks passed") < screen.index("F8 goes") < screen.index("Your code printed")


async def test_every_face_says_what_is_folded() -> None:
    lines = {line.kind: line.text for line in fold(VERDICT)}
    assert lines.keys() == {"data", "part", "check", "value", "detail", "finding", "hint", "note", "printed"}
    async with Alone().run_test(size=(160, 80)) as pilot:
        pilot.app.query_one(VerdictView).show(VERDICT)
        await pilot.pause()
        screen = text(pilot.app.screen).lower()
    plain = render(VERDICT).lower()
    for line in fold(VERDICT):
        for one in line.text.lower().splitlines():
            assert one in screen, line
            assert one in plain or line.kind == "value", line


async def test_nothing_is_shown_as_it_is_marked_up() -> None:
    check = Check(label="It is $z$.", status="failed", score=0.0, max=1.0, message="Print `x.dtype`, and $w_0$.")
    part = PartVerdict(part="why", kind="multi", status="failed", score=0.0, max=1.0, checks=(check,))
    verdict = msgspec.structs.replace(VERDICT, parts=(part,))
    async with Alone().run_test(size=(160, 80)) as pilot:
        pilot.app.query_one(VerdictView).show(verdict)
        await pilot.pause()
        assert "✗ It is z: Print x.dtype, and w₀." in text(pilot.app.screen)


async def test_it_says_that_there_is_no_verdict_whatever_was_there_a_moment_ago() -> None:
    one = Alone()
    async with one.run_test(size=(60, 16)) as pilot:
        assert NOTHING in text(one.screen)
        view = one.query_one(VerdictView)
        view.show(VERDICT)
        view.say_nothing()
        await pilot.pause()
        assert NOTHING in text(one.screen) and "garments" not in text(one.screen)
