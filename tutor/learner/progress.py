"""How far the learner is: the event log folded into what the screen and the command ask for.

The fold does not depend on the order of the events, so two logs can be merged in any order.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from grader import secret
from grader.records.printable import clean
from grader.records.verdict import PartVerdict, Verdict
from lessons.schema import Course, Exercise, Lesson
from tutor.learner import locations
from tutor.learner.events import (
    FORMAT,
    Answer,
    AnyEvent,
    Attempt,
    Conditions,
    DemoRun,
    Entry,
    Header,
    Hint,
    Opened,
    Predicted,
    Question,
    Review,
    Skipped,
    Solution,
)
from tutor.learner.exported import read_lines
from tutor.learner.journal import Journal, ProgressError
from tutor.learner.standing import PartState, Summary, better, required, share

__all__ = ["Progress", "ProgressError"]

Judged = Attempt | Hint | Solution | Review


class Progress:
    """The learner's progress in the file `path` (default: theirs)."""

    def __init__(
        self,
        path: Path | None = None,
        former: Mapping[str, Mapping[str, str]] | None = None,
        journal: Journal | None = None,
    ) -> None:
        """former: ids of today by those of before, as `Course.former` has them. journal: where the events are kept."""
        self.former = former or {}
        self.journal = journal or Journal(path or locations.progress_file())
        self._seen: set[str] = set()
        self._parts: dict[tuple[str, str], PartState] = {}
        self._rungs: dict[tuple[str, str], set[int]] = {}
        self._conditions: dict[tuple[str, str], tuple[str, tuple[str, ...]]] = {}
        self._failures: dict[tuple[str, str], list[tuple[str, str]]] = {}
        self._questions: dict[tuple[str, str], tuple[str, int]] = {}
        self._cards: dict[str, dict[int, str]] = {}
        self._solutions: dict[str, bool] = {}
        self._predicted: dict[tuple[str, str], tuple[str, str]] = {}
        self._skipped: set[str] = set()
        self._demos: set[tuple[str, str]] = set()
        self._history: dict[str, list[tuple[str, Judged]]] = {}
        self._lessons: dict[str, tuple[Lesson, Summary]] = {}
        """What `lesson` has found since the last event."""
        self.refresh()

    @property
    def trouble(self) -> str | None:
        """Why nothing is being saved, in one sentence, or None."""
        return self.journal.trouble

    @property
    def notice(self) -> str | None:
        """What the learner must be told once, or None."""
        return self.journal.notice

    def close(self) -> None:
        self.journal.close()

    # --- writing ----------------------------------------------------------------------------------

    def record(self, event: AnyEvent) -> bool:
        """Adds an event. True says that it is saved, for certain; False: see `trouble`."""
        made, saved = self.journal.append(event)
        self._fold(made)
        return saved

    def attempt(self, verdict: Verdict) -> bool:
        """Adds the attempts of a verdict; what was not handed in, or could not be judged, is none."""
        saved = True
        for part in verdict.parts:
            absent = part.status == "failed" and not part.checks
            if absent or part.status in ("grader_error", "skipped"):
                continue
            attempt = Attempt(
                exercise=verdict.exercise,
                part=part.part,
                status=part.status,
                score=part.score,
                max=part.max,
                seed=verdict.seed,
                failure=_failure(part),
            )
            saved = self.record(attempt) and saved
        return saved

    def nonce(self, exercise: str, part: str) -> int:
        """The nonce of a part's question; issued and stored when it is opened for the first time.

        One that was issued on another machine could be anybody's choice: it is issued anew.
        """
        with self.journal.alone():
            self.refresh()
            if (known := self._questions.get((exercise, part))) is not None and secret.issued(exercise, part, known[1]):
                return known[1]
            drawn = secret.issue(exercise, part, secrets.randbelow(2**31))
            self.record(Question(exercise=exercise, part=part, nonce=drawn))
            return drawn

    # --- asking -----------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Takes in what other processes have written."""
        for one in self.journal.fresh():
            self._fold(one)

    @property
    def empty(self) -> bool:
        """Whether nothing has been done yet."""
        return not self._seen

    def part(self, exercise: str, part: str) -> PartState:
        """How far a part is."""
        key = (exercise, part)
        state = self._parts.get(key, PartState())
        return msgspec.structs.replace(state, hints=len(self._rungs.get(key, ())))

    def parts(self) -> dict[tuple[str, str], PartState]:
        """All parts that were judged or had a hint shown, by exercise and part."""
        return {key: self.part(*key) for key in sorted(self._parts.keys() | self._rungs.keys())}

    def rungs(self, exercise: str, part: str) -> frozenset[int]:
        """The rungs of a part's hint ladder that have been shown."""
        return frozenset(self._rungs.get((exercise, part), ()))

    def conditions(self, exercise: str, part: str) -> tuple[str, ...]:
        """The conditions of a part's hints that the last verdict on it met."""
        return self._conditions.get((exercise, part), ("", ()))[1]

    def stuck(self, exercise: str, part: str) -> bool:
        """Whether the last two attempts at a part failed in the same way."""
        last = [failure for _, failure in self._failures.get((exercise, part), ())]
        return len(last) == 2 and bool(last[0]) and last[0] == last[1]

    def prediction(self, exercise: str, part: str) -> str | None:
        """What the learner expected of a part before its code ran; None where they were not asked yet."""
        known = self._predicted.get((exercise, part))
        return None if known is None else known[1]

    def solution_shown(self, exercise: str) -> bool:
        return exercise in self._solutions

    def gave_up(self, exercise: str) -> bool:
        """Whether the solution was shown before the exercise was passed."""
        return self._solutions.get(exercise, False)

    def demo_ran(self, lesson: str, demo: str) -> bool:
        return (lesson, demo) in self._demos

    def history(self, exercise: str) -> list[tuple[str, Judged]]:
        """What says how well an exercise was known, with its moments, in order."""
        return sorted(self._history.get(exercise, ()), key=lambda one: one[0])

    def cards(self, lesson: str) -> frozenset[int]:
        """The cards of a lesson that were opened."""
        return frozenset(self._cards.get(lesson, ()))

    def last_card(self, lesson: str) -> int:
        """The card of a lesson that was opened last; 0 for a new one."""
        cards = self._cards.get(lesson, {})
        return max(cards, key=lambda card: cards[card], default=0)

    def exercise(self, exercise: Exercise) -> Summary:
        """How far an exercise is."""
        states = [self.part(exercise.id, part.id) for part in exercise.parts]
        pairs = list(zip(exercise.parts, states, strict=True))
        done = all(state.passed for part, state in pairs if required(part))
        begun = any(state.attempts or state.hints for state in states)
        return Summary(
            standing="done" if done else "begun" if begun else "new",
            score=sum(part.points * share(state) for part, state in pairs),
            points=exercise.points,
        )

    def lesson(self, lesson: Lesson) -> Summary:
        """How far a lesson is: done with all its exercises, or, where it has none, with its last card."""
        found = self._lessons.get(lesson.id)
        if found is None or found[0] is not lesson:
            found = self._lessons[lesson.id] = (lesson, self._lesson(lesson))
        return found[1]

    def _lesson(self, lesson: Lesson) -> Summary:
        exercises = [self.exercise(exercise) for exercise in lesson.exercises]
        cards = self.cards(lesson.id)
        if exercises:
            done = all(exercise.standing == "done" for exercise in exercises)
        else:
            done = bool(cards) and max(cards) >= len(lesson.cards) - 1
        begun = bool(cards) or any(exercise.standing != "new" for exercise in exercises)
        return Summary(
            standing="done" if done else "begun" if begun else "new",
            score=sum(exercise.score for exercise in exercises),
            points=sum(exercise.points for exercise in exercises),
        )

    def next_lesson(self, course: Course) -> Lesson | None:
        """The first lesson that is not done; None when all are.

        Who has skipped the tour or begun anything else knows their way: the tour is then the last thing to suggest.
        """
        tour = course.tour.id if course.tour else None
        left = [one for one in course.lessons if self.lesson(one).standing != "done"]
        left.sort(key=lambda one: one.id in self._skipped)
        if any(self.lesson(one).standing != "new" for one in course.lessons if one.id != tour):
            left.sort(key=lambda one: one.id == tour)
        return left[0] if left else None

    # --- export and import ------------------------------------------------------------------------

    def export(self) -> Iterator[str]:
        """The whole log as JSON lines, without line ends: a header, then an event a line.

        Raises ProgressError.
        """
        yield msgspec.json.encode(Header(format=FORMAT)).decode()
        for one in self.journal.everything():
            line = msgspec.json.encode(one).decode()
            # what cannot be printed is written as JSON's escapes: nothing is lost, and nothing moves a terminal
            yield line if clean(line) == line else json.dumps(json.loads(line), separators=(",", ":"))

    def merge(self, lines: Iterable[str]) -> tuple[int, int]:
        """Takes in exported lines: how many events were new, and how many were known already.

        Raises ProgressError, naming the line; then nothing was taken in.
        """
        entries = read_lines(lines)
        added = self.journal.add_all(entries)
        self.refresh()
        return added, len(entries) - added

    # --- folding ----------------------------------------------------------------------------------

    def _fold(self, one: Entry) -> None:
        if one.id in self._seen:
            return
        self._seen.add(one.id)
        self._lessons.clear()
        event = _of_today(one.event, self.former)
        if isinstance(event, Judged):
            self._history.setdefault(event.exercise, []).append((one.at, event))
        match event:
            case Opened(lesson=lesson, card=card):
                cards = self._cards.setdefault(lesson, {})
                cards[card] = max(one.at, cards.get(card, ""))
            case Question(exercise=exercise, part=part, nonce=nonce):
                drawn = (one.at, nonce)
                self._questions[exercise, part] = max(drawn, self._questions.get((exercise, part), drawn))
            case Attempt() as attempt:
                key = (attempt.exercise, attempt.part)
                self._parts[key] = better(self._parts.get(key, PartState()), attempt)
                self._failures[key] = sorted([*self._failures.get(key, ()), (one.at, attempt.failure)])[-2:]
            case Hint(exercise=exercise, part=part, rung=rung):
                self._rungs.setdefault((exercise, part), set()).add(rung)
            case Conditions(exercise=exercise, part=part, met=met):
                last = (one.at, met)
                self._conditions[exercise, part] = max(last, self._conditions.get((exercise, part), last))
            case Solution(exercise=exercise, gave_up=gave_up):
                self._solutions[exercise] = self._solutions.get(exercise, False) or gave_up
            case Predicted(exercise=exercise, part=part, text=text):
                said = (one.at, text)  # the first one counts: what is said later has seen the result
                self._predicted[exercise, part] = min(said, self._predicted.get((exercise, part), said))
            case Skipped(lesson=lesson):
                self._skipped.add(lesson)
            case DemoRun(lesson=lesson, demo=demo):
                self._demos.add((lesson, demo))
            case Answer() | Review():
                pass  # an answer itself stands in answers.yaml; a review changes nothing of what was reached before


def _of_today(event: AnyEvent, former: Mapping[str, Mapping[str, str]]) -> AnyEvent:
    """The event with the ids that lesson and exercise have now."""
    named = {field: str(getattr(event, field, "")) for field in former}
    changed = {field: former[field][old] for field, old in named.items() if old in former[field]}
    return msgspec.structs.replace(event, **changed) if changed else event


def _failure(part: PartVerdict) -> str:
    """Which check failed first and how; inputs are drawn anew for each attempt, so no value is in it."""
    if part.status == "passed":
        return ""
    first = next((check for check in part.checks if check.status != "passed"), None)
    return f"{first.label}: {first.status}" if first else part.status
