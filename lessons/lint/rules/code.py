"""The Python files of exercises, read as syntax trees: nothing of a course is run here."""

from __future__ import annotations

import ast
import sys
from collections.abc import Generator, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from lessons.edit import MARKS, edit_of
from lessons.error import did_you_mean
from lessons.lint.rules.parts import WRITTEN
from lessons.lint.rules.problem import Problem
from lessons.schema import RUN_KINDS, Course, Exercise, Part

TRUSTED = frozenset({"kernels", "torch", "triton", "numpy", "sympy", "sklearn"})
SPEC_IN_QUESTIONS = frozenset({"Question"})
"""What questions.py may take from grader.spec: it is judged by a Python without torch."""


class Mark(NamedTuple):
    """A decorated function or class of reference.py, or an answer that `edit` declares."""

    kind: str
    part: str | None
    name: str
    """What the decorator calls it: a mistake's name, a check's label."""
    line: int
    column: int
    function: str
    """The name that it is bound to."""
    hint: str


def starter(exercise: Exercise) -> Iterator[Problem]:
    """Where code is asked for there is a starter that parses and defines every entry."""
    run = run_parts(exercise)
    path = exercise.folder / "starter.py"
    if not run:
        if path.is_file():
            yield Problem(path, 1, 1, "starter", "no part of this exercise runs a file")
        return
    tree = yield from tree_of(path, "starter")
    if tree is not None:
        yield from _defines(tree, path, "starter", {part.id: part.entry for part in run if part.entry})


def reference(exercise: Exercise) -> Iterator[Problem]:
    """The reference defines every entry and has cases, mistakes and alternatives for each part."""
    run = run_parts(exercise)
    path = exercise.reference
    if not run:
        if path.is_file():
            yield Problem(path, 1, 1, "reference", "no part of this exercise is judged by a reference")
        return
    tree = yield from tree_of(path, "reference")
    if tree is None:
        return
    yield from _defines(tree, path, "reference", {part.id: part.entry for part in run if part.entry})
    found = list(marks(tree))
    known = [part.id for part in run]
    for mark in found:
        if mark.part is None and len(run) > 1:
            message = f"which part is this {mark.kind} for? Several parts run code: say `part=...`"
            yield Problem(path, mark.line, mark.column, "reference", message)
        elif mark.part is not None and mark.part not in known:
            message = f"no part `{mark.part}` runs code. {did_you_mean(mark.part, known)}"
            yield Problem(path, mark.line, mark.column, "reference", message)
    yield from _twice(path, found)
    for part in run:
        own = [mark for mark in found if mark.part == part.id or (mark.part is None and len(run) == 1)]
        counts = {kind: sum(mark.kind == kind for mark in own) for kind in MARKS}
        for kind, least in _least(part).items():
            if counts[kind] < least:
                message = f"the part `{part.id}` has {counts[kind]} @{kind}, and needs {least}"
                yield Problem(path, 1, 1, "reference", message, part.id)


def questions(exercise: Exercise) -> Iterator[Problem]:
    """Each numeric part has its function."""
    numeric = [part for part in exercise.parts if part.kind == "numeric"]
    path = exercise.folder / "questions.py"
    if not numeric:
        if path.is_file():
            yield Problem(path, 1, 1, "questions", "no part of this exercise draws a question")
        return
    tree = yield from tree_of(path, "questions")
    if tree is not None:
        names = {part.id: part.question or part.id.replace("-", "_") for part in numeric}
        yield from _defines(tree, path, "questions", names)


def imports(exercise: Exercise) -> Iterator[Problem]:
    """reference.py and questions.py import only what a judge has and what they may use of it."""
    for name, allowed, spec in (
        ("reference.py", TRUSTED, None),
        ("questions.py", frozenset[str](), SPEC_IN_QUESTIONS),
    ):
        path = exercise.folder / name
        tree = parsed(path)
        for node in ast.walk(tree) if tree is not None else ():
            for module, names in _imported(node):
                root = module.split(".")[0]
                place = (path, getattr(node, "lineno", 1), getattr(node, "col_offset", 0) + 1)
                if module == "grader.spec":
                    extra = sorted(set(names) - spec) if spec is not None else []
                    if extra:
                        message = f"{name} takes only {' and '.join(sorted(spec or ()))} from grader.spec"
                        yield Problem(*place, "imports", message)
                elif spec is None and (module == "tutor.live" or (module == "tutor" and names == ["live"])):
                    continue  # the judge catches what a reference logs
                elif root not in allowed and root not in sys.stdlib_module_names:
                    yield Problem(*place, "imports", f"{name} may not import `{module}`")


def packages(course: Course) -> Iterator[Problem]:
    """No __init__.py anywhere in the course."""
    for path in sorted(course.path.rglob("__init__.py")):
        yield Problem(path, 1, 1, "packages", "a folder of the course is data: it needs no __init__.py")


# --- reading Python -------------------------------------------------------------------------------------


def run_parts(exercise: Exercise) -> list[Part]:
    return [part for part in exercise.parts if part.kind in RUN_KINDS]


def _least(part: Part) -> dict[str, int]:
    return {"cases": 1, "mistake": 2, "alternative": 1} if part.kind in WRITTEN else {"cases": 1}


@lru_cache(maxsize=16)
def _tree(text: str) -> ast.Module:
    """The rules ask for the same few files again and again, and change no tree."""
    return ast.parse(text)


def parsed(path: Path) -> ast.Module | None:
    try:
        return _tree(path.read_text(encoding="utf-8"))
    except (OSError, SyntaxError, UnicodeDecodeError, ValueError):
        return None


def tree_of(path: Path, rule: str) -> Generator[Problem, None, ast.Module | None]:
    """Yields what is wrong with a file; returns its tree, None where there is none."""
    if not path.is_file():
        yield Problem(path, 1, 1, rule, f"{path.name} is missing")
        return None
    try:
        return _tree(path.read_text(encoding="utf-8"))
    except SyntaxError as error:
        yield Problem(path, error.lineno or 1, error.offset or 1, rule, f"this is no Python: {error.msg}")
    except (UnicodeDecodeError, ValueError) as error:
        yield Problem(path, 1, 1, rule, f"this is no Python: {error}")
    return None


def _defines(tree: ast.Module, path: Path, rule: str, names: Mapping[str, str]) -> Iterator[Problem]:
    """names: {part: what it needs to find}."""
    defined: set[str] = set()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            defined.add(node.name)
        elif isinstance(node, ast.Assign):
            defined |= {target.id for target in node.targets if isinstance(target, ast.Name)}
    for part, name in names.items():
        if name not in defined:
            yield Problem(path, 1, 1, rule, f"`{name}` is not defined here", part)


def _imported(node: ast.AST) -> Iterator[tuple[str, list[str]]]:
    if isinstance(node, ast.Import):
        for alias in node.names:
            yield alias.name, ["*"]
    elif isinstance(node, ast.ImportFrom):
        yield "." * node.level + (node.module or ""), [alias.name for alias in node.names]


def marks(tree: ast.Module) -> Iterator[Mark]:
    """The decorations of a reference's own functions and classes, methods left out, and its edits."""
    for node in tree.body:
        if edit := edit_of(node):
            yield Mark(edit.kind, edit.part, edit.name, edit.line, edit.column, edit.bound, edit.hint)
        if not isinstance(node, ast.FunctionDef | ast.ClassDef):
            continue
        for decorator in node.decorator_list:
            call = decorator if isinstance(decorator, ast.Call) else None
            kind = _name(call.func if call else decorator)
            if kind not in MARKS:
                continue
            words = {word.arg: _text(word.value) for word in call.keywords} if call else {}
            first = _text(call.args[0]) if call and call.args else None
            part = first if kind == "cases" and first else words.get("part")
            place = decorator.lineno, decorator.col_offset + 1
            yield Mark(kind, part, first or "", *place, node.name, words.get("hint") or "")


def _twice(path: Path, marks: list[Mark]) -> Iterator[Problem]:
    seen: set[tuple[str | None, str]] = set()
    for mark in marks:
        if mark.kind == "mistake" and (key := (mark.part, mark.name)) in seen:
            message = f"there are two mistakes of the name `{mark.name}`"
            yield Problem(path, mark.line, mark.column, "reference", message)
        elif mark.kind == "mistake":
            seen.add(key)


def _name(node: ast.expr) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
