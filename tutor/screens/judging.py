"""Judging beside the work: what is asked of the grader, and how its verdict comes to the screen."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from typing import Any

from textual import work
from textual.screen import Screen

from grader.grading import Cancel
from grader.records.given import Given
from grader.records.verdict import Verdict
from grader.report.fold import headline
from lessons.schema import RUN_KINDS, Exercise, Part
from tutor.learner import last_verdict
from tutor.practice import hints
from tutor.practice.judging import Unjudged, judge, what_next
from tutor.practice.session import LearningSession
from tutor.screens.drawn_once import DrawnOnce
from tutor.screens.prediction import take_prediction
from tutor.screens.saves_on_exit import SavesOnExit
from tutor.widgets import run_line
from tutor.widgets.blank import Blank
from tutor.widgets.finding_line import lines_of
from tutor.widgets.panes import Panes
from tutor.widgets.verdict_view import VerdictView
from tutor.widgets.workbench import Workbench


class JudgingScreen(DrawnOnce, SavesOnExit, Blank, Screen[None]):
    """A screen on which an exercise is judged. Who derives from it draws it, and says in `part` what is current."""

    part: Part
    panes: Panes
    bench: Workbench
    verdict: VerdictView

    def __init__(self, session: LearningSession, exercise: Exercise) -> None:
        super().__init__()
        self.session = session
        self.exercise = exercise
        self.cancel: Cancel | None = None
        self.verdicts = () if session.review else last_verdict.kept(exercise)
        """The last ones, each with some part that was judged by it last."""
        self.source: dict[int, str] = {}
        """What was judged, by the `id` of the verdict; what was judged before this was opened is not known."""

    def on_unmount(self) -> None:
        if self.cancel is not None:
            self.cancel.set()

    def _runs(self) -> list[Part]:
        """The parts that are answered in the file."""
        return [one for one in self.exercise.parts if one.kind in RUN_KINDS]

    def _tell_state(self) -> None:
        """Says how far the exercise is."""

    def _show_hints(self, *, asked: bool = False) -> None:
        """Shows the hints of the current part that have been opened."""
        self.verdict.hint(self.part, hints.ladder(self.session.progress, self.exercise, self.part), asked=asked)

    def _notes_below(self, verdict: Verdict) -> list[str]:
        """What is said below a verdict, in Markdown."""
        return what_next(self.session.progress, self.exercise, verdict)

    def _show_last(self) -> None:
        """Shows what the last verdict says of the current part."""
        if self.cancel is not None:
            return  # one is on its way
        last = last_verdict.of_part(self.verdicts, self.part.id)
        if last is None:
            self.verdict.say_nothing()
        else:
            self._show(last, earlier=id(last) not in self.source)

    def _show(self, verdict: Verdict, earlier: bool = False) -> None:
        source = self.source.get(id(verdict), "")
        notes = [] if earlier else self._notes_below(verdict)
        self.verdict.show(verdict, notes, first=self.part.id, source=source, earlier=earlier)

    def on_question_view_submitted(self) -> None:
        self.action_judge()

    def action_judge(self) -> None:
        """Saves and judges: the file, or the answer to the question that is open."""
        if self.bench.store():
            self._judge()

    def _judge(self) -> None:
        runs = self.part.kind in RUN_KINDS
        parts = self._runs() if runs else [self.part]
        asks = runs and not self.session.review  # who reviews has seen what comes
        if asks and take_prediction(self.app, self.session, self.exercise, parts, then=self._judge):
            return
        given = None if runs else self.bench.answer(self.part)
        if not runs and given is None:
            self._say("Not answered yet. Answer the question, then press F5.")
            return
        if self.cancel is not None:
            self.cancel.set()
        self.cancel = Cancel()
        self.verdict.begin()
        run_line.begin(self, "Judging")
        self._say("Judging. Esc stops it.")
        code = self.bench.text if runs else None
        self._grade(self.cancel, parts, code, {self.part.id: given} if given else {})

    @work(thread=True, group="judge")
    def _grade(self, cancel: Cancel, parts: list[Part], code: str | None, given: Mapping[str, Given]) -> None:
        def tell(method: Callable[..., None], *args: object) -> None:
            with contextlib.suppress(RuntimeError):  # the app may have ended; nobody waits for news then
                self.call_later(method, cancel, *args)

        judge(
            self.session.grader,
            self.exercise,
            parts,
            code,
            given,
            cancel=cancel,
            judged=lambda *found: tell(self._judged, code or "", *found),
            unjudged=lambda why: tell(self._unjudged, why),
            drawn=lambda event: tell(self._drawn, event),
        )

    def _drawn(self, cancel: Cancel, event: dict[str, Any]) -> None:
        """Draws what the code logs while it is judged."""
        if cancel is self.cancel:
            run_line.hear(self, event)
            self.verdict.draw(event)

    def _unjudged(self, cancel: Cancel, why: Unjudged) -> None:
        if cancel is self.cancel:
            self.cancel = None
            run_line.end(self)
            self.verdict.say(why.sentence)
            self._tell_elsewhere(why.sentence)

    def _judged(self, cancel: Cancel, code: str, verdict: Verdict, first: bool, last: bool) -> None:
        """Shows a verdict: the plain one, and then perhaps the same with what the mistakes look like."""
        if cancel is not self.cancel:
            return  # a newer save is being judged
        if last:
            self.cancel = None
            run_line.end(self)
        if first:
            self.session.record(self.exercise, verdict, self.bench.answer)
        hints.record_shown(self.session.progress, self.exercise, verdict)
        if self.verdict.query(".hints"):
            self._show_hints()
        if self.bench.code is not None and any(self.exercise.part(one.part) in self._runs() for one in verdict.parts):
            self.bench.code.mark(lines_of(verdict))
        self.verdicts = last_verdict.with_newest(self.verdicts, verdict)
        self.source = {id(one): self.source[id(one)] for one in self.verdicts if id(one) in self.source}
        self.source[id(verdict)] = code
        if last and not self.session.review:
            last_verdict.keep(self.exercise, self.verdicts)
        self._show(verdict)
        self._tell_state()
        if first:
            self._tell_elsewhere(headline(verdict))

    def _say(self, sentence: str) -> None:
        self.verdict.say(sentence)
        self._show_verdict()

    def _tell_elsewhere(self, news: str) -> None:
        """Says in a corner what has come, where the learner has gone to another pane since it was asked for.

        They may be typing there, and stay.
        """
        if not self.panes.in_front("verdict"):
            self.notify(news, markup=False)

    def _show_verdict(self) -> None:
        self.panes.front_third("verdict")
        if self.panes.alone:
            self.panes.focus_pane("verdict")
