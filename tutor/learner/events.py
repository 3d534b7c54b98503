"""What the tutor remembers: one record an event, and the JSON line that carries it."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Annotated, Any

import msgspec

from grader.records.given import Nonce
from grader.records.verdict import Status


class Event(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    tag_field="event",
    forbid_unknown_fields=True,
):
    """Something that the learner did."""


class Opened(Event, frozen=True, kw_only=True, tag="opened"):
    """A card of a lesson was opened; cards count from 0."""

    lesson: str
    card: int


class Question(Event, frozen=True, kw_only=True, tag="question"):
    """The question of a part was drawn: what is shown is what is judged."""

    exercise: str
    part: str
    nonce: Nonce


class Attempt(Event, frozen=True, kw_only=True, tag="attempt"):
    """A part was judged."""

    exercise: str
    part: str
    status: Status
    score: float
    max: float
    seed: int
    failure: str = ""
    """What went wrong first, so that the same failure is known again; empty for a pass."""


class Hint(Event, frozen=True, kw_only=True, tag="hint"):
    """A rung of a part's hint ladder was shown; rungs count from 0."""

    exercise: str
    part: str
    rung: int


class Conditions(Event, frozen=True, kw_only=True, tag="conditions"):
    """Which conditions of a part's hints the last verdict meets; recorded where it changes."""

    exercise: str
    part: str
    met: tuple[str, ...]


class Solution(Event, frozen=True, kw_only=True, tag="solution"):
    """The solution was shown, after passing or on giving up."""

    exercise: str
    gave_up: bool


class Answer(Event, frozen=True, kw_only=True, tag="answer"):
    """A part that takes a value was answered."""

    exercise: str
    part: str
    value: Any


class Skipped(Event, frozen=True, kw_only=True, tag="skipped"):
    """A lesson was offered and passed over; it is suggested last from now on."""

    lesson: str


class Predicted(Event, frozen=True, kw_only=True, tag="predicted"):
    """What the learner expects of a part was written down before its code ran; empty where they had no idea."""

    exercise: str
    part: str
    text: str


class DemoRun(Event, frozen=True, kw_only=True, tag="demo"):
    """A demo was run to its end."""

    lesson: str
    demo: str


InReview = Question | Attempt | Hint | Conditions | Solution | Answer | Predicted


class Review(Event, frozen=True, kw_only=True, tag="review"):
    """Something was done in a review of an exercise. done: what; None where the review began."""

    exercise: str
    review: Annotated[str, msgspec.Meta(pattern="^[a-z0-9-]{1,200}$")]
    """The review's name, for all time; a folder has it too."""
    done: InReview | None = None


AnyEvent = Opened | Question | Attempt | Hint | Conditions | Solution | Answer | Predicted | Skipped | DemoRun | Review


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An event with its name for all time and its moment (UTC, ISO 8601: text order is time order)."""

    id: str
    at: str
    event: AnyEvent


def entry(event: AnyEvent) -> Entry:
    """The event, now."""
    at = datetime.now(UTC).isoformat(timespec="microseconds")
    return Entry(id=str(uuid.uuid4()), at=at, event=event)


FORMAT = 1


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """The first line of an exported progress."""

    format: int
    progress: str = "dl-tutor"
