"""Proves an exercise by judging it: the starter fails, the reference and its alternatives pass, each mistake fails
and gets its own hint first.

What is handed in is the reference's own file with the entry bound to another of its functions, so that lesson and
proof cannot drift apart.
"""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.grading import Grader
from grader.verdict import PartVerdict
from lessons.schema import RUN_KINDS, Exercise, Part

SEEDS = (1, 2, 3)
MARKS = ("mistake", "alternative")


@dataclass(frozen=True)
class Marked:
    """A function of reference.py that is marked as another answer."""

    mark: str
    function: str
    part: str | None
    name: str
    hint: str
    line: int


@dataclass(frozen=True)
class Unproved:
    """A claim of an exercise that did not hold when it was judged."""

    rule: str
    line: int
    message: str


def marked(source: str) -> list[Marked]:
    """The mistakes and alternatives of a reference.py, from its text."""
    found = []
    for node in ast.parse(source).body:
        for decorator in getattr(node, "decorator_list", []):
            call = decorator if isinstance(decorator, ast.Call) else None
            called = call.func if call else decorator
            if not isinstance(called, ast.Name) or called.id not in MARKS:
                continue
            named = {word.arg: _text(word.value) for word in call.keywords} if call else {}
            first = _text(call.args[0]) if call and call.args else ""
            assert isinstance(node, ast.FunctionDef | ast.ClassDef)
            found.append(Marked(called.id, node.name, named.get("part"), first, named.get("hint") or "", node.lineno))
    return found


def _text(node: ast.expr) -> str:
    try:
        return str(ast.literal_eval(node))
    except ValueError:
        return ""


def prove(exercise: Exercise, grader: Grader) -> Iterator[Unproved]:
    """Everything that did not hold. An exercise whose parts all take values has nothing to prove here."""
    parts = [part for part in exercise.parts if part.kind in RUN_KINDS]
    path = exercise.folder / "reference.py"
    if not parts or not path.is_file():
        return
    source = path.read_text(encoding="utf-8")
    for part in parts:
        yield from _starter(exercise, part, grader)
        for seed in SEEDS:
            verdict = _judged(exercise, part, source, grader, seed)
            if verdict.status != "passed":
                yield Unproved("reference-passes", 1, f"{part.id}, seed {seed}: {said(verdict)}")
        yield from _trivial(exercise, part, source, grader)
    for other in marked(source):
        part = next((part for part in parts if part.id == other.part), parts[0])
        verdict = _judged(exercise, part, handed_in(source, part, other.function), grader, SEEDS[0])
        if other.mark == "alternative":
            if verdict.status != "passed":
                yield Unproved("alternative-passes", other.line, f"{other.function}: {said(verdict)}")
        elif verdict.status == "passed":
            yield Unproved("mistake-fails", other.line, f"{other.name} passes")
        else:
            hints = [check.hint for check in verdict.checks if check.status != "passed" and check.hint]
            if not hints or hints[0] != other.hint:
                shown = hints[0] if hints else "no hint"
                yield Unproved("mistake-hint", other.line, f"{other.name} is answered with: {shown}")


TRIVIAL = {
    "zeros": "torch.zeros_like(t)",
    "ones": "torch.ones_like(t)",
    "mean": "t.double().mean().expand_as(t).to(t.dtype) if not t.is_complex() else t.mean().expand_as(t)",
    "constant": "t.flatten()[:1].expand(t.numel()).reshape(t.shape).clone() if t.numel() else t",
    "shuffled": "t.flatten()[torch.randperm(t.numel())].reshape(t.shape)",
    "transposed": "t.transpose(-1, -2) if t.dim() > 1 else t.flip(0)",
    "nan": "torch.full_like(t, float('nan')) if t.is_floating_point() else t",
    "broadcast": "t.flatten()[:1].sum()",
}
"""Answers without thought, made from the right one tensor by tensor; none of them may pass."""

_SPOILED = """
import torch
right = {entry}
def spoil(value):
    if isinstance(value, torch.Tensor):
        t = value.detach()
        other = {change}
        if other.shape != t.shape or not torch.equal(torch.nan_to_num(other, 7.0), torch.nan_to_num(t, 7.0)):
            print("spoiled")
        return other
    if type(value) in (list, tuple):
        return type(value)(spoil(one) for one in value)
    if type(value) is dict:
        return {{key: spoil(one) for key, one in value.items()}}
    return value
def {entry}(*args, **kwargs):
    return spoil(right(*args, **kwargs))
"""


def _trivial(exercise: Exercise, part: Part, source: str, grader: Grader) -> Iterator[Unproved]:
    """Trivial answers that pass. What does not change the right result in any case says nothing."""
    if not isinstance(_defined(source, part.entry or ""), ast.FunctionDef):
        return
    for name, change in TRIVIAL.items():
        spoiled = handed_in(source, part, part.entry or "") + _SPOILED.format(entry=part.entry, change=change)
        verdict = grader.grade(exercise, spoiled, {}, parts=[part.id], seed=SEEDS[0])
        if verdict.passed and "spoiled" in verdict.output.text:
            yield Unproved(f"trivial-{name}", 1, f"{part.id}: {name} in the place of the right tensors passes")


def _defined(source: str, name: str) -> ast.stmt | None:
    nodes = (node for node in ast.parse(source).body if getattr(node, "name", None) == name)
    return next(nodes, None)


def handed_in(source: str, part: Part, function: str) -> str:
    """A file whose entry is another function of a reference.py.

    The reference's names live apart, so that a mistake which calls the reference still calls the reference.
    """
    return (
        f"names = {{}}\nexec({source!r}, names)\n"
        "globals().update((name, value) for name, value in names.items() if name[:2] != '__')\n"
        f"{part.entry} = names[{function!r}]\n"
    )


def _starter(exercise: Exercise, part: Part, grader: Grader) -> Iterator[Unproved]:
    verdict = _judged(exercise, part, exercise.starter, grader, SEEDS[0])
    if verdict.status in ("passed", "grader_error", "crashed"):
        yield Unproved("starter-fails", 1, f"{part.id}: the starter is judged as {said(verdict)}")


def _judged(exercise: Exercise, part: Part, source: str, grader: Grader, seed: int) -> PartVerdict:
    return grader.grade(exercise, source, {}, parts=[part.id], seed=seed).parts[0]


def said(verdict: PartVerdict) -> str:
    """A part's verdict in one line."""
    wrong = next((check for check in verdict.checks if check.status != "passed"), None)
    detail = verdict.message or (f"{wrong.label}: {wrong.message}" if wrong else "")
    return f"{verdict.status}: {detail}" if detail else verdict.status


def fingerprint(exercise: Exercise, versions: dict[str, str]) -> str:
    """Changes when the exercise, the grader or the versions do: what a kept proof is good for."""
    digest = hashlib.sha256(json.dumps(versions, sort_keys=True).encode())
    grader = Path(__file__).resolve().parent
    for root in (exercise.folder, grader):
        for path in sorted(root.rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
