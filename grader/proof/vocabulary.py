"""The words of a verdict that a hint's `when` may name, without what it takes to make one: no torch is imported.

The names of our findings are read off the text of the modules that make them, which stay the one place where they
are said.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import get_args

from grader import judge, spec
from grader.records.verdict import Status

STATUSES = frozenset(get_args(Status)) - {"passed", "skipped", "grader_error"}
"""How a part that runs code can go wrong."""
FAILURES = frozenset({"type", "structure", "shape", "dtype", "device", "finite", "value", "raises"})
"""What comparison stops at, see grader.judge.compare and grader.judge.trial."""


@cache
def findings() -> frozenset[str]:
    """The names of our findings."""
    return frozenset().union(*(named_in(Path(room.__path__[0])) for room in (judge, spec)))


def named_in(folder: Path) -> frozenset[str]:
    """The literal names of each `rule`, `Behaviour`, `Finding` and `Diagnosis` that a folder's modules make."""
    found = set()
    for path in folder.rglob("*.py"):
        found |= {name for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if (name := _named(node))}
    return frozenset(found)


def _named(node: ast.AST) -> str | None:
    match node:
        case ast.Call(
            func=ast.Name(id="rule" | "_factor_rule" | "Behaviour"), args=[ast.Constant(value=str(name)), *_]
        ):
            return name
        case ast.Call(func=ast.Name(id="Finding" | "Diagnosis"), keywords=words):
            given = (word.value for word in words if word.arg == "name")
            return next(
                (one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)), None
            )
    return None


def names() -> frozenset[str]:
    """Everything that any verdict can say of an answer that is not right, beside an exercise's own names."""
    return STATUSES | FAILURES | findings()
