"""What the learner works on: the editor with their file, and the questions. Everything typed is saved by itself."""

from __future__ import annotations

import asyncio
from pathlib import Path

from textual import work
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import ContentSwitcher, Static, TextArea

from grader.records.given import Given
from grader.submission import BadAnswers, write_answer
from lessons.schema import RUN_KINDS, Exercise, Part
from tutor.learner import file_watch, workspace
from tutor.learner.draft import Draft, Met
from tutor.learner.workspace import WorkspaceError
from tutor.practice.questions import Opened, open_questions
from tutor.practice.session import LearningSession
from tutor.widgets.code_editor import CodeEditor
from tutor.widgets.question_view import QuestionView

DRAWING = "drawing"
"""What stands in the place of a question that is not there yet."""
PAUSE_SECONDS = 0.5
"""How long after the last key the work is saved."""


class Workbench(ContentSwitcher):
    """Shows the editor or one question at a time. The file is started where there was none."""

    class SavedOutside(Message):
        """Another program saved the file; the editor shows it."""

    class Kept(Message):
        """Another program saved the file while there was unsaved text here, which is now in a file of its own."""

        def __init__(self, path: Path) -> None:
            super().__init__()
            self.path = path

    class Stored(Message):
        """Whether what is on the screen is in the learner's files."""

        def __init__(self, stored: bool) -> None:
            super().__init__()
            self.stored = stored

    class Trouble(Message):
        """Something could not be read or saved."""

        def __init__(self, sentence: str) -> None:
            super().__init__()
            self.sentence = sentence

    def __init__(self, session: LearningSession, exercise: Exercise, *, id: str) -> None:
        self.code = CodeEditor(id="code", classes="code") if exercise.runs_code else None
        drawing = Static(Content("The question is being drawn."), id=DRAWING)
        super().__init__(*([self.code] if self.code else []), drawing, id=id)
        self.session = session
        self.exercise = exercise
        self.draft = Draft(workspace.path_of(exercise, session.root))
        self.answers = workspace.answers_of(exercise, session.root)
        self.questions: dict[str, Opened] = {}
        self.opened = asyncio.Event()
        """Every question is there."""
        self.pause: Timer | None = None
        self.unread: WorkspaceError | None = None
        """Why the file could not be read when the exercise was opened."""
        if self.code is not None:
            try:
                workspace.start(self.exercise, self.session.root)
                self.code.put(self.draft.load())
            except WorkspaceError as error:
                self.unread = error
                self.code.read_only = True

    async def open(self) -> None:
        """Looks after the file, and opens the questions, whose numbers take time to draw."""
        if self.unread is not None:
            self._unreadable(self.unread)
        elif self.code is not None:
            self._watch()
        try:
            for one in await open_questions(self.exercise, self.session.progress, self.session.root):
                if self.is_running:
                    await self._add(one)
        finally:
            self.opened.set()

    async def _add(self, one: Opened) -> None:
        if one.asked is None:
            fault = f"This question cannot be asked. The course is at fault: {one.fault}"
            await self.add_content(Static(Content(fault), id=_name(one.part)))
        else:
            await self.add_content(QuestionView(one.part, one.asked, one.answer), id=_name(one.part))
        self.questions[one.part.id] = one

    def show(self, part: Part) -> None:
        """Shows the place where a part is worked on; for a question that is not there yet, that it is on its way."""
        self.current = _name(part) if part.kind in RUN_KINDS or part.id in self.questions else DRAWING

    def focus_work(self) -> None:
        """The shown place gets the focus."""
        shown = self.visible_content
        if isinstance(shown, QuestionView):
            shown.focus_first()
        elif shown is not None:
            self.screen.set_focus(shown)

    @property
    def text(self) -> str:
        """The learner's file as it stands here; empty where the exercise has none."""
        return self.code.text if self.code is not None else ""

    def answer(self, part: Part) -> Given | None:
        """The answer as it stands, or None."""
        for view in self._views():
            if view.part.id == part.id and view.value is not None:
                return Given(view.value, self.questions[part.id].nonce)
        return None

    def _views(self) -> list[QuestionView]:
        """The questions that are there with their fields."""
        return [view for view in self.query(QuestionView) if view.part.id in self.questions]

    # --- saving -----------------------------------------------------------------------------------

    def on_text_area_changed(self, event: TextArea.Changed) -> None:
        if event.text_area is self.code and self.code is not None and self.code.changed:
            self._store_soon()

    def on_question_view_changed(self) -> None:
        self._store_soon()

    def _store_soon(self) -> None:
        self.post_message(self.Stored(False))
        if self.pause is not None:
            self.pause.stop()
        self.pause = self.set_timer(PAUSE_SECONDS, self.store)

    def store(self) -> bool:
        """Saves the file and the answers now. False, with a message, where that cannot be or there are two versions."""
        if self.pause is not None:
            self.pause.stop()
        try:
            alone = self._store_code()
            for view in self._views():
                if (value := view.value) is not None and value != view.given:
                    given = Given(value, self.questions[view.part.id].nonce)
                    write_answer(self.answers, self.exercise.id, view.part.id, given)
                    view.given = value
        except (WorkspaceError, BadAnswers, OSError) as error:
            self.post_message(self.Trouble(f"Not saved: {error}"))
            return False
        self.post_message(self.Stored(True))
        return alone

    def _store_code(self) -> bool:
        """False where another program has saved the file meanwhile and the text here is another."""
        code = self.code
        if code is None or code.read_only or not (code.changed or not self.draft.path.exists()):
            return True
        met = self.draft.save(code.text)
        code.kept()
        if met.text is not None:
            self._take(met)
            self.post_message(self.SavedOutside())
        return met.kept is None

    def insist(self, text: str) -> Path | None:
        """A text of the learner's becomes the file; what was in it is kept. Raises WorkspaceError."""
        kept = self.draft.insist(text)
        self._take(Met(text))
        return kept

    def reset(self) -> Path | None:
        """Puts the starter back. Returns where the learner's text is kept, if there was any. Raises WorkspaceError."""
        if not self.store():
            return None
        kept = workspace.reset(self.exercise, self.session.root)
        self._take(Met(self.draft.load()))
        return kept

    # --- other programs ---------------------------------------------------------------------------

    @work(exclusive=True, group="watch")
    async def _watch(self) -> None:
        async for _ in file_watch.saves(self.draft.path, self.draft.known):
            self.look()

    def look(self) -> None:
        """Takes in what another program has saved."""
        if self.code is None or not self.draft.changed_outside():
            return
        try:
            self._take(self.draft.meet(self.code.text if self.code.changed else None))
        except WorkspaceError as error:
            self._unreadable(error)
        else:
            self.post_message(self.SavedOutside())

    def _take(self, met: Met) -> None:
        if self.code is not None and met.text is not None:
            self.code.read_only = False
            self.code.put(met.text)
        if met.kept is not None:
            self.post_message(self.Kept(met.kept))

    def _unreadable(self, error: WorkspaceError) -> None:
        # What cannot be read must not be written over, so nothing is typed until it can be.
        if self.code is not None:
            self.code.read_only = True
        self.post_message(self.Trouble(str(error)))


def _name(part: Part) -> str:
    return "code" if part.kind in RUN_KINDS else f"question-{part.id}"
