"""A step of a case as plain data, on its way to the worker."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from grader.spec.script import Step

USED = "used"
"""The observation of what was called of the functions that an answer is to do without: [name, line or 0] for each."""


def step_of(message: dict[str, Any]) -> Step:
    """A step from the plain data that `message_of` made."""
    return Step(
        message["op"],
        message["target"],
        tuple(message["args"]),
        message["kwargs"],
        tuple(message["names"]),
        tuple(message["wrt"]),
        number=message["step"],
    )


def message_of(step: Step, number: int, forbidden: Sequence[str] = ()) -> dict[str, Any]:
    """A step as plain data; label, weight and whatever else serves judging stay behind.

    forbidden: names of functions whose calls are to be observed while it is played.
    """
    watched = {"forbidden": list(forbidden)} if forbidden else {}
    return {
        **watched,
        "op": step.op,
        "number": number,
        "target": step.target,
        "args": list(step.args),
        "kwargs": step.kwargs,
        "names": list(step.names),
        "wrt": list(step.wrt),
        "step": step.number,
    }
