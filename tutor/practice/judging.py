"""Judging what the learner has, and what is said and remembered of it: the same for the screen and for plain lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from grader.grading import Cancel, Cancelled, Grader, Refused
from grader.questions.answers import misread
from grader.records.given import Given
from grader.records.verdict import Verdict
from lessons.formulas.prose import prose
from lessons.loading.public import elsewhere
from lessons.schema import Exercise, Part
from tutor.learner.progress import Progress
from tutor.practice import hints, prediction


@dataclass(frozen=True)
class Unjudged:
    """Why there is no verdict, in one sentence. cancelled: because whoever asked for it did not want it any more."""

    sentence: str
    cancelled: bool = False


def judge(
    grader: Grader,
    exercise: Exercise,
    parts: Sequence[Part],
    code: str | None,
    given: Mapping[str, Given],
    *,
    cancel: Cancel,
    again: str = "Press F5 to try again.",
    judged: Callable[[Verdict, bool, bool], None],
    unjudged: Callable[[Unjudged], None],
    drawn: Callable[[dict[str, Any]], None] | None = None,
) -> None:
    """Judges some parts; takes its time, so it belongs into a thread.

    judged: gets a verdict, whether it is the first and whether it is the last; the plain one comes before the one that
    names mistakes. After the last one, who judges the next answer is made ready.
    unjudged: gets why there is no verdict. again: how to judge again.
    drawn: gets what the code logs and draws while it runs, and how far a stand-in is that is made before.
    """
    first = True

    def tell(verdict: Verdict, last: bool = False) -> None:
        nonlocal first
        judged(verdict, first, last)
        first = False

    if why := elsewhere(exercise):
        return unjudged(Unjudged(f"{why} Your work is saved."))
    for part in parts:
        if part.id in given and (slip := misread(exercise, part, given[part.id])):
            return unjudged(Unjudged(slip))
    try:
        names = [part.id for part in parts]
        tell(grader.grade(exercise, code, given, parts=names, on_verdict=tell, on_event=drawn, cancel=cancel), True)
        if code is not None:
            grader.prepare(exercise, code)
    except Cancelled:
        unjudged(Unjudged("Stopped. Press F5 to judge.", cancelled=True))
    except Refused as refusal:
        unjudged(Unjudged(str(refusal)))
    except Exception as error:  # whatever breaks there, the learner's work is saved and goes on
        what = f"{type(error).__name__}: {error}"
        unjudged(Unjudged(f"The grader itself failed ({what}). Your work is saved. {again}"))


def what_next(progress: Progress, exercise: Exercise, verdict: Verdict) -> list[str]:
    """What is said below a verdict on the screen, in Markdown: a model answer, and how to go on."""
    judged = [exercise.part(part.part) for part in verdict.parts]
    models = [part.model_answer for part in judged if part and part.model_answer and verdict.status != "failed"]
    notes = prediction.compared(progress, exercise, verdict)
    notes += [f"**A model answer.** {model}" for model in models]
    if verdict.passed and progress.exercise(exercise).standing == "done":
        notes.append(
            "Everything here is passed. Ctrl+R shows the course's solution beside yours; F9 opens the next exercise."
        )
    elif verdict.passed:
        notes.append("F8 goes to the next part.")
    if any(hints.offered(progress, exercise, verdict)):
        notes.append("The same failure twice. F3 shows the next hint; it costs nothing.")
    return notes


def notes_after(progress: Progress, exercise: Exercise, verdict: Verdict, verbs: str = "dl-tutor") -> Iterator[str]:
    """What is said after a verdict in plain lines: what was expected and came, and the next hint where one may help.

    verbs: what stands before the name of a verb.
    """
    for said in prediction.compared(progress, exercise, verdict):
        yield prose(said)
    yield from hints.offer(progress, exercise, verdict, verbs)
