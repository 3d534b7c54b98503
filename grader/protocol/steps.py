"""A step of a case as plain data, on its way to the worker."""

from __future__ import annotations

from typing import Any

from grader.spec.script import Step


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


def message_of(step: Step, number: int) -> dict[str, Any]:
    """A step as plain data; label, weight and whatever else serves judging stay behind."""
    return {
        "op": step.op,
        "number": number,
        "target": step.target,
        "args": list(step.args),
        "kwargs": step.kwargs,
        "names": list(step.names),
        "wrt": list(step.wrt),
        "step": step.number,
    }
