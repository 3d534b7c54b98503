"""Nothing of a reference reaches the learner: statements of the entries, looked for where a learner can read.

Statements are compared as syntax trees, so that layout, quotes and remarks make no difference. What says nothing
(`return x`, a docstring, `super().__init__()`) is no secret, and a single operation only where nothing else is missing.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from lessons.lint.rules.code import parsed, run_parts
from lessons.lint.rules.problem import Problem, problem
from lessons.lint.rules.prose import CODE_SPAN
from lessons.loading.source import Source
from lessons.loading.text import FENCE
from lessons.schema import Exercise, Lesson, Part

OPERATIONS = (
    ast.AugAssign,
    ast.BinOp,
    ast.BoolOp,
    ast.Call,
    ast.Compare,
    ast.IfExp,
    ast.Subscript,
    ast.comprehension,
)
LEAST = 2
"""A statement with fewer operations is found in every text about the matter, and is no secret by itself."""


class Secret(NamedTuple):
    """What the entry of a part does: all its statements, and those that are worth hiding one by one.

    Where a kernel is asked for, the function that launches it may be given: secret is what the starter leaves to write.
    """

    part: Part
    whole: frozenset[str]
    single: frozenset[str]


class Seen(NamedTuple):
    """A statement that a learner can read, as text of its syntax tree, and its line."""

    text: str
    line: int


def public_files(exercise: Exercise) -> Iterator[Problem]:
    """starter.py, fixtures.py and the prompt hold no statement of an entry."""
    files = {path: _in_python(path) for path in (exercise.folder / "starter.py", exercise.folder / "fixtures.py")}
    prompt = exercise.folder / "prompt.md"
    if prompt.is_file():
        files[prompt] = list(_in_markdown(prompt.read_text(encoding="utf-8")))
    for secret in _secrets(exercise):
        for path, seen in files.items():
            yield from _found(path, seen, secret)


def demos(lesson: Lesson) -> Iterator[Problem]:
    """The demos of a lesson hold no statement of an entry of its exercises."""
    shown = [(demo.path, _in_python(demo.path)) for demo in lesson.demos]
    for exercise in lesson.exercises:
        for secret in _secrets(exercise):
            for path, seen in shown:
                yield from _found(path, seen, secret, f" of {exercise.id}")


def hints(exercise: Exercise, source: Source) -> Iterator[Problem]:
    """The hints before the last do not hold the whole body of the entry."""
    secrets = {secret.part.id: secret for secret in _secrets(exercise)}
    for number, part in enumerate(exercise.parts):
        for rung, hint in enumerate(part.hints[:-1]):
            if part.id in secrets and secrets[part.id].whole <= {seen.text for seen in _in_markdown(hint.text)}:
                at = ("parts", number, "hints", rung, "text")
                yield problem("leak", source, at, f"this hint is the whole of `{part.entry}`: only the last one may be")


def _secrets(exercise: Exercise) -> Iterator[Secret]:
    tree = parsed(exercise.reference)
    bodies = {node.name: node.body for node in (tree.body if tree else ()) if isinstance(node, _DEFINITIONS)}
    unwritten = _unwritten(exercise.folder / "starter.py")
    for part in run_parts(exercise):
        names = unwritten if part.kind == "kernel" else [part.entry or ""]
        body = [statement for name in names for statement in bodies.get(name, [])]
        operations = {seen.text: _operations(seen.text) for seen in _statements(body)}
        whole = frozenset(text for text, count in operations.items() if count)
        if whole:
            yield Secret(part, whole, frozenset(text for text in whole if operations[text] >= LEAST))


def _unwritten(starter: Path) -> list[str]:
    """What a starter defines, and leaves to the learner."""
    tree = parsed(starter)
    functions = [node for node in (tree.body if tree else ()) if isinstance(node, _DEFINITIONS)]
    return [node.name for node in functions if any(_missing(one) for one in ast.walk(node))]


def _missing(node: ast.AST) -> bool:
    return isinstance(node, ast.Raise) and node.exc is not None and "NotImplementedError" in ast.unparse(node.exc)


def _found(path: Path, seen: list[Seen], secret: Secret, of: str = "") -> Iterator[Problem]:
    given = secret.whole if secret.whole <= {one.text for one in seen} else secret.single
    for one in seen:
        if one.text in given:
            message = f"this stands in the reference of `{secret.part.entry}`{of} too: `{_short(one.text)}`"
            yield Problem(path, one.line, 1, "leak", message, "" if of else secret.part.id)


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:57]}..."


_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def _statements(body: list[ast.stmt]) -> Iterator[Seen]:
    """The simple statements of a body, those within others too, and the heads of those others.

    A value is the same secret whether it is returned, assigned or stands by itself.
    """
    for node in body:
        if isinstance(node, ast.AugAssign):
            yield Seen(ast.unparse(node), node.lineno)
        elif isinstance(node, ast.Return | ast.Expr | ast.Assign | ast.AnnAssign):
            if node.value is not None and not _is_super(node.value):
                yield Seen(ast.unparse(node.value), node.lineno)
        elif isinstance(node, ast.If | ast.While):
            yield Seen(ast.unparse(node.test), node.lineno)
        elif isinstance(node, ast.For):
            yield Seen(ast.unparse(node.iter), node.lineno)
        for _, inner in ast.iter_fields(node):
            if isinstance(inner, list):
                yield from _statements([one for one in inner if isinstance(one, ast.stmt)])
                for one in inner:
                    if isinstance(one, ast.ExceptHandler | ast.match_case):
                        yield from _statements(one.body)


def _is_super(value: ast.expr) -> bool:
    """`super().anything(...)`, which every class says."""
    inner = value.func.value if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) else None
    return isinstance(inner, ast.Call) and isinstance(inner.func, ast.Name) and inner.func.id == "super"


@lru_cache(maxsize=4096)
def _operations(text: str) -> int:
    return sum(isinstance(node, OPERATIONS) for node in ast.walk(ast.parse(text)))


def _in_python(path: Path) -> list[Seen]:
    tree = parsed(path)
    return list(_statements(tree.body)) if tree else []


def _in_markdown(text: str) -> Iterator[Seen]:
    """The statements in the code blocks and code spans of a text."""
    block: list[str] | None = None
    first = 0
    for number, line in enumerate(text.split("\n"), 1):
        if FENCE.fullmatch(line):
            if block is not None:
                yield from _read("\n".join(block), first)
            block, first = ([], number + 1) if block is None else (None, 0)
        elif block is not None:
            block.append(line)
        else:
            for span in CODE_SPAN.finditer(line):
                yield from _read(span[0].strip("`").strip(), number)


def _read(code: str, first: int) -> Iterator[Seen]:
    code = re.sub(r"^return\b", "", code)  # a return by itself is no Python: what it returns is looked at
    try:
        tree = ast.parse(code.strip() + "\n")
    except (SyntaxError, ValueError):
        return
    for seen in _statements(tree.body):
        yield Seen(seen.text, first + seen.line - 1)
