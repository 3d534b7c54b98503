"""Demos, read as syntax trees: what their facts measure is there, and what they log is drawn."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator

from lessons.error import did_you_mean
from lessons.lint.rules.code import tree_of
from lessons.lint.rules.problem import Problem, problem
from lessons.loading.source import read
from lessons.schema import Course, Demo

OURS = frozenset({"curve", "raised"})
"""What an expression finds beside the demo's names."""
LOOPS = (ast.For, ast.While, ast.AsyncFor, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
NO_NUMBERS = (ast.List, ast.Tuple, ast.Dict, ast.Set, ast.ListComp, ast.JoinedStr)


def demos(course: Course) -> Iterator[Problem]:
    """A demo parses, its facts measure what it defines, and what it logs is drawn."""
    for lesson in course.lessons:
        for demo in lesson.demos:
            tree = yield from tree_of(demo.path, "demos")
            if tree is not None:
                yield from _facts(demo, tree)
                yield from _unseen(demo, tree)


def _facts(demo: Demo, tree: ast.Module) -> Iterator[Problem]:
    if not demo.facts:
        return
    source = read(demo.path.with_suffix(".yaml"))
    defined, logged = set(_defined(tree)), _logged(tree)
    for number, fact in enumerate(demo.facts):
        at = ("facts", number, "measured")
        try:
            expression = ast.parse(fact.measured.strip(), mode="eval")
        except (SyntaxError, ValueError) as error:
            reason = error.msg if isinstance(error, SyntaxError) else str(error)
            yield problem("demos", source, at, f"`{fact.measured}` is no expression of Python: {reason}")
            continue
        for name in sorted(_needed(expression) - defined - OURS - set(dir(builtins))):
            message = f"`{demo.path.name}` leaves no name `{name}`. {did_you_mean(name, sorted(defined))}"
            yield problem("demos", source, at, message)
        for name in _curves(expression):
            if logged is not None and name not in logged:
                message = f"`{demo.path.name}` logs nothing as `{name}`. {did_you_mean(name, sorted(logged))}"
                yield problem("demos", source, at, message)


def _unseen(demo: Demo, tree: ast.Module) -> Iterator[Problem]:
    """What is logged and not drawn: without a step, just once, or as a value that is no number."""
    for call, repeated in _logs(tree, _names_of_log(tree), False):
        step = call.args[1] if len(call.args) > 1 else next((k.value for k in call.keywords if k.arg == "step"), None)
        if step is None or (isinstance(step, ast.Constant) and step.value is None):
            message = "nobody sees what is logged without a step: print it, or measure it in the YAML file"
        elif not repeated:
            message = "a point by itself is no curve: log in a loop, or print it"
        elif odd := [one for one in _values(call) if not _may_be_number(one)]:
            message = f"`{ast.unparse(odd[0])}` is no number, so that nobody sees it: print it"
        else:
            continue
        yield Problem(demo.path, call.lineno, call.col_offset + 1, "logs", message)


def _defined(tree: ast.Module) -> Iterator[str]:
    """The names that a program leaves; those that an `except` binds are gone after it."""
    for node in _outside_functions(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name
        elif isinstance(node, ast.Import | ast.ImportFrom):
            yield from (alias.asname or alias.name.split(".")[0] for alias in node.names)


def _outside_functions(node: ast.AST) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        yield child
        if not isinstance(child, (*FUNCTIONS, ast.ClassDef)):
            yield from _outside_functions(child)


def _needed(expression: ast.Expression) -> set[str]:
    """The names that an expression takes from outside."""
    nodes = list(ast.walk(expression))
    names = [node for node in nodes if isinstance(node, ast.Name)]
    own = {name.id for name in names if isinstance(name.ctx, ast.Store)}
    own |= {node.arg for node in nodes if isinstance(node, ast.arg)}
    return {name.id for name in names} - own


def _curves(expression: ast.Expression) -> Iterator[str]:
    for node in ast.walk(expression):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "curve":
            yield from (one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str))


def _logged(tree: ast.Module) -> set[str] | None:
    """The names that a program logs by; None where they are made while it runs."""
    found: set[str] = set()
    for call, _ in _logs(tree, _names_of_log(tree), False):
        values = call.args[0] if call.args else None
        if not isinstance(values, ast.Dict):
            return None
        for key in values.keys:
            if not (isinstance(key, ast.Constant) and isinstance(key.value, str)):
                return None
            found.add(key.value)
    return found


def _names_of_log(tree: ast.Module) -> set[str]:
    """What `tutor.live.log` is called here."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module in ("tutor", "tutor.live"):
            for alias in node.names:
                name = alias.asname or alias.name
                if (node.module, alias.name) == ("tutor", "live"):
                    found.add(f"{name}.log")
                elif (node.module, alias.name) == ("tutor.live", "log"):
                    found.add(name)
        elif isinstance(node, ast.Import):
            found |= {f"{alias.asname or alias.name}.log" for alias in node.names if alias.name == "tutor.live"}
    return found


def _logs(node: ast.AST, names: set[str], repeated: bool) -> Iterator[tuple[ast.Call, bool]]:
    """The calls of `log`, and whether each stands where it may be called again: in a loop or in a function."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call) and ast.unparse(child.func) in names:
            yield child, repeated
        yield from _logs(child, names, repeated or isinstance(child, LOOPS + FUNCTIONS))


def _values(call: ast.Call) -> list[ast.expr]:
    values = call.args[0] if call.args else None
    return values.values if isinstance(values, ast.Dict) else []


def _may_be_number(value: ast.expr) -> bool:
    if isinstance(value, ast.Constant):
        return isinstance(value.value, int | float) and not isinstance(value.value, bool)
    if isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr == "tolist":
        return False
    return not isinstance(value, NO_NUMBERS)
