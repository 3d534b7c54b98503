"""What a part holds, as its judge sees it: the inputs of its cases, its mistakes and its alternatives, as plain data.

The linter asks for it, because a case can only be sampled where torch is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from grader.judge.reference import PartReference, Reference, load, sample
from grader.records.job import Job
from grader.records.survey import CaseFacts, Input, Other, PartFacts
from grader.spec.script import Case

PLAYED = ("call", "new", "method", "item", "gradient")
"""Steps whose arguments are inputs; the others set up what is looked at."""


def survey(job: Job) -> tuple[PartFacts, ...]:
    """The facts about the parts of a job's first answer, with cases sampled from its seed. Raises ReferenceFault."""
    reference = load(job)
    return tuple(_facts(reference, reference.parts[part.id], job) for part in job.answers[0].parts)


def _facts(reference: Reference, part: PartReference, job: Job) -> PartFacts:
    right, wrong = part.alternatives, part.mistakes  # makes those that are edits
    names = {id(value): name for name, value in reference.namespace.items()}
    alternatives = (Other(mark="alternative", function=names[id(function)]) for _, function in right)
    mistakes = (
        Other(mark="mistake", function=names[id(function)], name=mark.name, hint=mark.hint) for mark, function in wrong
    )
    sampled = sample(reference, part.id, job.exercise, job.answers[0].seed)
    return PartFacts(
        part=part.id,
        sources=tuple(names[id(source)] for source in part.sources),
        cases=tuple(CaseFacts(label=case.label, inputs=tuple(_inputs(case))) for case in sampled),
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
