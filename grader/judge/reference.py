"""A lesson's `reference.py`, loaded by path: what is marked in it, by part.

Runs in the judge only. The file is trusted as far as the judge's own limits go.
"""

from __future__ import annotations

import linecache
import types
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from grader.judge.spelling import spell
from grader.records.job import Job
from grader.spec.edit import Edit
from grader.spec.marks import MARK, AlternativeMark, CasesMark, CheckMark, ForallMark, MistakeMark
from grader.spec.rng import Rng, stream
from grader.spec.script import Case
from lessons.edit import EditError, edited

M = TypeVar("M", AlternativeMark, MistakeMark)


class ReferenceFault(Exception):
    """The reference is at fault, not the learner; the message names file and line."""


@dataclass
class PartReference:
    """What `reference.py` holds for one part."""

    id: str
    entry: str
    make: Callable[[Edit, str], Callable[..., Any]]
    """Makes the answer that an edit declares, of the entry that is named."""
    sources: list[Callable[[Rng], Iterator[Case]]] = field(default_factory=list)
    checks: list[tuple[CheckMark, Callable[..., Any]]] = field(default_factory=list)
    properties: list[tuple[ForallMark, Callable[..., Case]]] = field(default_factory=list)
    others: list[tuple[AlternativeMark | MistakeMark, Callable[..., Any] | Edit]] = field(default_factory=list)
    """Other answers, right and wrong, in the order of the file."""

    @property
    def alternatives(self) -> list[tuple[AlternativeMark, Callable[..., Any]]]:
        """Other right answers. Raises ReferenceFault where an edit cannot be made."""
        return self._answers(AlternativeMark)

    @property
    def mistakes(self) -> list[tuple[MistakeMark, Callable[..., Any]]]:
        """Wrong answers. Raises ReferenceFault where an edit cannot be made."""
        return self._answers(MistakeMark)

    def _answers(self, kind: type[M]) -> list[tuple[M, Callable[..., Any]]]:
        """Those of a kind. Edits are made when they are asked for first: a right answer needs none, and has to wait for
        none."""
        found = []
        for place, (mark, value) in enumerate(self.others):
            if isinstance(mark, kind):
                made = self.make(value, self.entry) if isinstance(value, Edit) else value
                self.others[place] = mark, made
                found.append((mark, made))
        return found


@dataclass
class Reference:
    """An exercise's reference. `namespace` is what a reference run plays on, `fixtures` the public side."""

    path: Path
    source: str
    namespace: dict[str, Any]
    fixtures: dict[str, Any]
    parts: dict[str, PartReference]

    def overlay(self, part: str, function: Callable[..., Any]) -> dict[str, Any]:
        """The namespace with another right or wrong answer, a function or class, in the place of the part's entry."""
        return {**self.namespace, self.parts[part].entry: function}


def execute(source: str, path: Path, name: str) -> dict[str, Any]:
    """Runs the text of a file of the course and gives its names. Raises ReferenceFault."""
    module = types.ModuleType(name)
    module.__file__ = str(path)
    try:
        run(source, str(path), module.__dict__)
    except Exception as error:
        raise ReferenceFault(f"{place(error, path)}: {type(error).__name__}: {error}") from error
    return module.__dict__


def run(code: str, name: str, names: dict[str, Any]) -> None:
    """Runs a text in `names`. Its lines can be asked for by its name, as tracebacks and Triton do."""
    linecache.cache[name] = (len(code), None, code.splitlines(True), name)
    exec(compile(code, name, "exec"), names)


def place(error: BaseException, path: Path) -> str:
    """`file:line` of the deepest frame of the error in `path`."""
    line = getattr(error, "lineno", None)
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == str(path):
            line = trace.tb_lineno
        trace = trace.tb_next
    return f"{path}:{line}" if line else str(path)


def load(job: Job) -> Reference:
    """The reference that a job is judged by. Raises ReferenceFault."""
    path = Path(job.path)
    namespace = execute(job.reference, path, "reference")
    fixtures = execute(job.fixtures, path.with_name("fixtures.py"), "fixtures") if job.fixtures else {}
    make = partial(_made, source=job.reference, path=path, namespace=namespace)
    parts = {part: PartReference(part, entry, make) for part, entry in job.entries.items()}
    for name, value in list(namespace.items()):
        edit = value if isinstance(value, Edit) and name == value.bound else None  # not by a name assigned to it too
        mark = edit.mark if edit else value.__dict__.get(MARK) if hasattr(value, "__dict__") else None
        if not isinstance(mark, CasesMark | CheckMark | AlternativeMark | MistakeMark | ForallMark):
            continue
        part = parts[_part(mark.part, parts, path, name)]
        if isinstance(mark, CasesMark):
            part.sources.append(value)
        elif isinstance(mark, CheckMark):
            part.checks.append((mark, value))
        elif isinstance(mark, ForallMark):
            part.properties.append((mark, value))
        else:
            part.others.append((mark, value))
    return Reference(path, job.reference, namespace, fixtures, parts)


def _made(edit: Edit, entry: str, *, source: str, path: Path, namespace: dict[str, Any]) -> Callable[..., Any]:
    """The answer that an edit declares, in a copy of the reference's names, and bound to its name in these. Raises
    ReferenceFault."""
    of = next((name for name, value in namespace.items() if value is edit.of), str(edit.of)) if edit.of else entry
    names = dict(namespace)
    try:
        code, answer = edited(source, entry, of, edit.replace)
        run(code, f"{path}: {edit.bound}", names)
    except EditError as error:
        raise ReferenceFault(f"{path}:{edit.line}: {edit.name}: {error}") from error
    except Exception as error:
        raise ReferenceFault(f"{path}:{edit.line}: {edit.name}: {type(error).__name__}: {error}") from error
    made: Callable[..., Any] = names[answer]
    namespace[edit.bound] = made
    return made


def _part(named: str | None, parts: dict[str, PartReference], path: Path, name: str) -> str:
    if named is None and len(parts) == 1:
        return next(iter(parts))
    if named not in parts:
        raise ReferenceFault(f"{path}: {name} is marked for part {named!r}; the exercise has {', '.join(parts)}")
    return named


def sample(reference: Reference, part: str, exercise: str, seed: int) -> list[Case]:
    """Fresh cases of a part; the same seed draws the same. Raises ReferenceFault."""
    drawn: list[Case] = []
    entry = reference.parts[part].entry
    for source in reference.parts[part].sources:
        try:
            drawn += source(Rng(stream(seed, exercise, part, source.__name__)))
        except Exception as error:
            raise ReferenceFault(f"{place(error, reference.path)}: {type(error).__name__}: {error}") from error
    if not drawn:
        raise ReferenceFault(f"{reference.path}: part {part} has no cases")
    for number, case in enumerate(drawn, 1):
        label_and_target(case, f"case {number}", entry)
        spell(case, reference.namespace)
    return drawn


def label_and_target(case: Case, label: str, entry: str) -> None:
    """Fills in what an author may leave out: the case's label, and the entry as what is called."""
    case.label = case.label or label
    for step in case.steps:
        if step.target is None and step.op in ("call", "new"):
            step.target = entry
