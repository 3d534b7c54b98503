"""What a part holds, as its judge sees it: the inputs of its cases, its mistakes and its alternatives, as plain data.

The linter asks for it, because a case can only be drawn where torch is.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import msgspec

from grader.judge.reference import PartReference, Reference, draw, load
from grader.records.job import Job
from grader.spec.script import Case

PLAYED = ("call", "new", "method", "item", "gradient")
"""Steps whose arguments are inputs; the others set up what is looked at."""


class Unsurveyed(Exception):
    """A judge could not say what the parts hold; the message says why."""


class Record(msgspec.Struct, frozen=True, kw_only=True):
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


def survey(job: Job) -> tuple[PartFacts, ...]:
    """The facts about a job's parts, with cases drawn from its seed. Raises ReferenceFault."""
    reference = load(Path(job.folder), job.entries)
    return tuple(_facts(reference, reference.parts[part.id], job) for part in job.parts)


def _facts(reference: Reference, part: PartReference, job: Job) -> PartFacts:
    names = {id(value): name for name, value in reference.namespace.items()}
    mistakes = (
        Other(mark="mistake", function=names[id(function)], name=mark.name, hint=mark.hint)
        for mark, function in part.mistakes
    )
    alternatives = (Other(mark="alternative", function=names[id(function)]) for _, function in part.alternatives)
    drawn = draw(reference, part.id, job.exercise, job.seed)
    return PartFacts(
        part=part.id,
        sources=tuple(names[id(source)] for source in part.sources),
        cases=tuple(CaseFacts(label=case.label, inputs=tuple(_inputs(case))) for case in drawn),
        others=(*alternatives, *mistakes),
    )


def _inputs(case: Case) -> Iterator[Input]:
    for step in case.steps:
        if step.op in PLAYED and step.raises is None:
            args = step.args[2:] if step.op == "gradient" else step.args  # a cotangent and places come before
            for value in (*args, *step.kwargs.values()):
                yield from _tensors(value)


def _tensors(value: Any) -> Iterator[Input]:
    import torch

    if isinstance(value, torch.Tensor):
        yield Input(shape=tuple(value.shape), dtype=str(value.dtype).removeprefix("torch."))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _tensors(item)
    elif isinstance(value, dict):
        for item in value.values():
            yield from _tensors(item)
