"""What a part holds, as its judge sees it: the linter asks, because cases can only be drawn where torch is."""

from __future__ import annotations

from typing import Literal

from grader.records.printable import Printable

ACCEPTS_NOTHING = "accepts-nothing"
"""The finding, against a right answer that is probed, that a value which knows nothing would pass in its place."""


UNSTEADY = "unsteady"
"""The finding, against a right answer that is probed, that the reference does not pass its own cases and checks for
every seed."""


class Unsurveyed(Exception):
    """A judge could not say what the parts hold; the message says why."""


class Record(Printable, frozen=True, kw_only=True):
    """A fact about a part."""


class Input(Record, frozen=True, kw_only=True):
    """A tensor that a case hands to the learner's code."""

    shape: tuple[int, ...]
    dtype: str


class CaseFacts(Record, frozen=True, kw_only=True):
    """A case as it was drawn; inputs of steps that must raise are left out."""

    label: str
    inputs: tuple[Input, ...]


class Other(Record, frozen=True, kw_only=True):
    """Another answer of reference.py: the name it is bound to there, and for a mistake its name and hint."""

    mark: Literal["mistake", "alternative"]
    function: str
    name: str = ""
    hint: str = ""


class PartFacts(Record, frozen=True, kw_only=True):
    """What reference.py holds for one part. `sources` are the names of its functions marked `cases`."""

    part: str
    sources: tuple[str, ...]
    cases: tuple[CaseFacts, ...]
    others: tuple[Other, ...]
