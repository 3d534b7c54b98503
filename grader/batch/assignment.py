"""An assignment: which exercises are set, what each is worth, by when, and what being late costs. From a YAML file."""

from __future__ import annotations

import math
import zoneinfo
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Literal

from msgspec import Meta

from grader import secret
from grader.records.given import MAX_NONCE
from grader.records.verdict import Verdict
from grader.report.gradescope import Visibility
from grader.report.weighted import weighted
from grader.submission import BadSubmission
from lessons.error import did_you_mean
from lessons.loading.record import read_record
from lessons.loading.source import Source
from lessons.schema import Course, Exercise, FileRecord, Id, Text

Time = Annotated[
    str,
    Meta(
        pattern=r"^\d{4}-\d{2}-\d{2} \d{2}:\d{2}$",
        description='a time in the assignment\'s zone, such as "2026-10-15 23:59"',
    ),
]
PER = {"hour": timedelta(hours=1), "day": timedelta(days=1)}


class SetExercise(FileRecord, frozen=True, kw_only=True):
    """An exercise that is set."""

    id: Id
    points: Annotated[float, Meta(gt=0, le=10_000)] | None = None
    """What it is worth here; as many as its own parts have where nothing is said."""


class LatePolicy(FileRecord, frozen=True, kw_only=True):
    """What being late costs: a percentage of what was reached for every hour or day that has begun."""

    percent: Annotated[float, Meta(gt=0, le=100)]
    per: Literal["hour", "day"] = "day"
    most: Annotated[float, Meta(gt=0, le=100)] = 100.0
    """Percent that are lost at most."""
    grace: Annotated[int, Meta(ge=0, le=10_080)] = 0
    """Minutes after the due date within which nothing is lost."""


class AssignmentFile(FileRecord, frozen=True, kw_only=True):
    """An assignment. Times are local to its zone; what comes after `due` counts only with a policy for `late`."""

    format: Literal[1]
    title: Text
    exercises: Annotated[list[SetExercise], Meta(min_length=1)]
    zone: Text | None = None
    """Of the IANA's data base, such as Europe/Berlin."""
    opens: Time | None = None
    due: Time | None = None
    closes: Time | None = None
    """After this nothing counts, with a policy for `late` too."""
    late: LatePolicy | None = None
    attempts: Annotated[int, Meta(ge=1, le=1000)] | None = None
    """How many attempts count, where the system knows of earlier ones; the best of them gives the marks."""
    seed: Annotated[int, Meta(ge=secret.GUESSABLE, le=MAX_NONCE)] | None = None
    """What everybody's inputs are drawn from: from 2^32 on nobody finds it by trying, and all machines draw alike."""
    visibility: Visibility = "visible"
    """When learners see the checks in Gradescope; they always see the points."""
    trust_numbers: bool = False
    """Whether numeric answers are judged on the numbers that they name, wherever these were issued."""


@dataclass(frozen=True)
class HandedIn:
    """When something was handed in, as far as that is known. late: marked so by a system that does not say when."""

    at: datetime | None = None
    late: bool = False


IN_TIME = HandedIn()
"""Also where nothing is known."""


@dataclass(frozen=True)
class Lateness:
    """The share of the marks that is lost, 0 to 1, and why, in a sentence; none where it was in time."""

    lost: float = 0.0
    why: str = ""


@dataclass(frozen=True)
class Assignment:
    """An assignment of a course. Its times are in UTC: those of one zone are subtracted as its clocks show them."""

    title: str
    exercises: tuple[Exercise, ...]
    points: dict[str, float]
    """By exercise."""
    opens: datetime | None = None
    due: datetime | None = None
    closes: datetime | None = None
    late: LatePolicy | None = None
    attempts: int | None = None
    seed: int | None = None
    trust_numbers: bool = False
    visibility: Visibility = "visible"
    zone: zoneinfo.ZoneInfo | None = None

    def marked(self, verdict: Verdict, handed: HandedIn = IN_TIME) -> Verdict:
        """The verdict on one of its exercises in its points, less what being late costs, which is said."""
        own = next(one.points for one in self.exercises if one.id == verdict.exercise)
        lateness = self.lateness(handed if verdict.score else IN_TIME)  # of nothing, nothing is lost
        return weighted(verdict, self.points[verdict.exercise] / own, lateness.lost, lateness.why)

    def lateness(self, handed: HandedIn) -> Lateness:
        """What is lost because of when it was handed in. What is not known costs nothing."""
        if handed.at is not None:
            return self._lateness(handed.at.astimezone(UTC))
        if not handed.late or self.due is None:
            return Lateness()
        if self.late is None:
            return Lateness(1.0, "Handed in late, as it is marked: after the due date nothing counts.")
        lost = min(self.late.percent, self.late.most)
        said = f"Handed in late, as it is marked; how late is not known, so one {self.late.per} counts: {lost:g} % off."
        return Lateness(lost / 100, said)

    def _lateness(self, at: datetime) -> Lateness:
        if self.opens is not None and at < self.opens:
            return Lateness(0.0, "Handed in before the assignment was opened.")
        if self.due is None or at <= self.due:
            return Lateness()
        by = f"Handed in {_span(at - self.due)} late"
        if self.late is None:
            return Lateness(1.0, f"{by}: after the due date nothing counts.")
        if self.closes is not None and at > self.closes:
            return Lateness(1.0, f"{by}, when the assignment was closed: nothing counts.")
        if at - self.due <= timedelta(minutes=self.late.grace):
            return Lateness()
        begun = math.ceil((at - self.due) / PER[self.late.per])
        lost = min(self.late.percent * begun, self.late.most)
        return Lateness(lost / 100, f"{by}: {lost:g} % off.")


def _span(late: timedelta) -> str:
    """`2 d 3 h`, `5 min`"""
    minutes = max(1, math.ceil(late.total_seconds() / 60))
    days, hours, rest = minutes // 1440, minutes % 1440 // 60, minutes % 60
    pieces = [f"{number} {unit}" for number, unit in ((days, "d"), (hours, "h"), (rest, "min")) if number]
    return " ".join(pieces[:2])


def load(path: Path, course: Course) -> Assignment:
    """The assignment in a file, of the exercises of a course. Raises LessonError."""
    file, source = read_record(path, AssignmentFile)
    exercises: dict[str, Exercise] = {}
    points: dict[str, float] = {}
    for number, one in enumerate(file.exercises):
        at = ("exercises", number, "id")
        if (exercise := course.named(one.id)) is None:
            mend = did_you_mean(one.id, [known.id for known in course.exercises])
            raise source.error(f"there is no exercise `{one.id}` in this course", mend, at)
        if exercise.id in exercises:
            raise source.error(f"`{one.id}` stands here for the second time", "Each exercise is set once.", at)
        exercises[exercise.id] = exercise
        points[exercise.id] = float(exercise.points if one.points is None else one.points)
    opens, due, closes = _times(file, source)
    return Assignment(
        title=file.title, exercises=tuple(exercises.values()), points=points, opens=opens, due=due, closes=closes,
        late=file.late, attempts=file.attempts, seed=file.seed, trust_numbers=file.trust_numbers,
        visibility=file.visibility, zone=_zone(file, source),
    )  # fmt: skip


def _zone(file: AssignmentFile, source: Source) -> zoneinfo.ZoneInfo | None:
    if file.zone is None:
        return None
    try:
        return zoneinfo.ZoneInfo(file.zone)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        near = did_you_mean(file.zone, zoneinfo.available_timezones())
        mend = near if near.startswith("Did") else "Write one such as Europe/Berlin or UTC."
        raise source.error(f"there is no time zone `{file.zone}`", mend, ("zone",)) from None


def _times(file: AssignmentFile, source: Source) -> tuple[datetime | None, ...]:
    """When it opens, is due and closes, in this order; where a clock shows a time twice, as suits the learners."""
    said = {name: getattr(file, name) for name in ("opens", "due", "closes")}
    zone = _zone(file, source)
    found: dict[str, datetime | None] = {}
    before = ""
    for name, text in said.items():
        if text is None:
            found[name] = None
            continue
        if zone is None:
            raise source.error("a time, and no zone for it", "Add `zone: Europe/Berlin`, or yours.", (name,), key=True)
        found[name] = moment = _moment(text, zone, name, source)
        earlier = found.get(before)
        if earlier is not None and moment <= earlier:
            raise source.error(f"`{name}` is not after `{before}`", "Write them in their order.", (name,))
        before = name
    if file.late is not None and file.due is None:
        raise source.error("what is late is not said", "Add `due: ...`.", ("late",), key=True)
    if file.closes is not None and file.late is None:
        mend = "Add `late: {percent: ...}`, or leave `closes` out: without a policy nothing counts after `due`."
        raise source.error("`closes` says nothing here", mend, ("closes",), key=True)
    return tuple(found.values())


def _moment(text: str, zone: zoneinfo.ZoneInfo, name: str, source: Source) -> datetime:
    try:
        moment = datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=zone, fold=int(name != "opens"))
        back = moment.astimezone(UTC).astimezone(zone)
    except (ValueError, OverflowError):
        raise source.error(f"`{text}` is no time", "Look at the day, the month and the hour.", (name,)) from None
    if back.replace(tzinfo=None) != moment.replace(tzinfo=None):
        raise source.error(
            f"the clocks of {zone.key} never show `{text}`", "They are put forward: add an hour.", (name,)
        )
    return moment.astimezone(UTC)


def at_time(text: str, zone: zoneinfo.ZoneInfo | None) -> datetime:
    """A time that somebody has typed or a program has printed, by ISO 8601. Raises ValueError without a zone."""
    moment = datetime.fromisoformat(text.strip())
    if moment.tzinfo is None:
        if zone is None:
            raise ValueError("it has no zone")
        moment = moment.replace(tzinfo=zone)
    return moment


def seed_of(said: int | None, assignment: Assignment | None) -> int | None:
    """The seed that is asked for, of a command line or an assignment. Raises BadSubmission where both ask for one."""
    own = assignment.seed if assignment is not None else None
    if said is not None and own is not None and said != own:
        raise BadSubmission(f"The assignment has the seed {own}: leave --seed out.")
    return said if own is None else own
