"""How far a part, an exercise or a lesson is."""

from __future__ import annotations

from typing import Literal

import msgspec

from grader.records.verdict import Status
from lessons.schema import Part
from tutor.learner.events import Attempt

Standing = Literal["new", "begun", "done"]
MARKS: dict[Standing, str] = {"new": "[ ]", "begun": "[-]", "done": "[x]"}


class PartState(msgspec.Struct, frozen=True, kw_only=True):
    """How far a part is. `status` and `score` are those of the best attempt."""

    status: Status | None = None
    score: float = 0.0
    max: float = 0.0
    attempts: int = 0
    hints: int = 0
    """How many rungs of the hint ladder have been shown."""

    @property
    def passed(self) -> bool:
        return self.status == "passed"


class Summary(msgspec.Struct, frozen=True, kw_only=True):
    """An exercise or a lesson in numbers."""

    standing: Standing
    score: float
    points: float


def required(part: Part) -> bool:
    """Whether a part must be passed for its exercise to be done; an essay alone is never judged."""
    return part.kind != "explain" or bool(part.options)


def share(state: PartState) -> float:
    """Of a part's points, between 0 and 1."""
    if state.passed:
        return 1.0
    return state.score / state.max if state.max else 0.0


def better(state: PartState, attempt: Attempt) -> PartState:
    """The state after another attempt, of which the best one counts."""
    old = (state.passed, share(state), state.status or "")
    new_state = PartState(
        status=attempt.status,
        score=attempt.score,
        max=attempt.max,
        attempts=state.attempts + 1,
    )
    if state.status is None or (new_state.passed, share(new_state), attempt.status) > old:
        return new_state
    return msgspec.structs.replace(state, attempts=state.attempts + 1)
