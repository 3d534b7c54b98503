"""Hints with a condition: what their `when` names can stand in a verdict on their part."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator

from lessons.error import did_you_mean
from lessons.lint.rules.code import marks, parsed, run_parts
from lessons.lint.rules.problem import Problem, problem
from lessons.loading.source import Source
from lessons.schema import RUN_KINDS, Exercise


def when(exercise: Exercise, source: Source, names: Collection[str] | None) -> Iterator[Problem]:
    """`names`: what every verdict can say. A part's mistakes and the findings of its checks come on top."""
    if names is None:
        return
    tree = parsed(exercise.reference)
    for number, part in enumerate(exercise.parts):
        if all(hint.when is None for hint in part.hints):
            continue
        known = {*names, *(_own(tree, part.id, len(run_parts(exercise)) == 1) if tree else ())}
        for rung, hint in enumerate(part.hints):
            if hint.when is None:
                continue
            at = ("parts", number, "hints", rung, "when")
            if part.kind not in RUN_KINDS:
                message = f"a verdict on a part of kind {part.kind} opens no hint: leave `when` out"
                yield problem("when", source, at, message)
            elif hint.solution:
                yield problem("when", source, at, "the solution is there for everybody: leave `when` out")
            elif hint.when not in known:
                message = f"no verdict says `{hint.when}`. {did_you_mean(hint.when, known)}"
                yield problem("when", source, at, message)


def _own(tree: ast.Module, part: str, alone: bool) -> Iterator[str]:
    """The names of a part's mistakes, and of the findings that checks can make."""
    for mark in marks(tree):
        if mark.kind == "mistake" and (mark.part == part or (mark.part is None and alone)):
            yield mark.name
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Finding":
            named = [word.value for word in node.keywords if word.arg == "name"] or node.args[1:2]
            yield from (str(one.value) for one in named if isinstance(one, ast.Constant))
