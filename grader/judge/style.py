"""Style rules: calls and loops that an answer is to do without, read off its source or heard while it runs.

They are advice that costs points, not a wall: what a program calls cannot be proved from its text, and what its own
process hears of it could be forged. So the verdict labels them as observations.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import Any

Used = tuple[int, str]
"""The line of the answer, 0 where there is none, and a name that it is to do without."""
LOOPS: dict[str, tuple[type[ast.AST], ...]] = {
    "for": (ast.For, ast.AsyncFor),
    "while": (ast.While,),
    "comprehension": (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp),
}


def first_used(heard: Any, forbidden: Sequence[str]) -> Used | None:
    """The first call that the learner's process says it has heard, whatever that process has sent."""
    for one in heard if isinstance(heard, list) else []:
        match one:
            case [str(name), int(line)] if name in forbidden and 0 <= line < 1_000_000:
                return int(line), name
    return None


def violations(source: str, entry: str, forbidden: tuple[str, ...]) -> list[Used]:
    """Line and name of what the entry, or a function of the file that it uses, should do without.

    forbidden: dotted names such as `torch.broadcast_shapes` (also when imported under another name), methods such
    as `.expand_as`, and `for`, `while`, `comprehension`. Source that cannot be parsed has no violations.
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError):
        return []
    aliases = dict(_aliases(tree))
    found = set()
    for node in _reached(tree, entry):
        for inner in ast.walk(node):
            if name := _forbidden(inner, forbidden, aliases):
                found.add((getattr(inner, "lineno", 1), name))
    return sorted(found)


def _aliases(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for one in node.names:
                yield one.asname or one.name.split(".")[0], one.name if one.asname else one.name.split(".")[0]
        elif isinstance(node, ast.ImportFrom) and node.module:
            for one in node.names:
                yield one.asname or one.name, f"{node.module}.{one.name}"


def _reached(tree: ast.Module, entry: str) -> list[ast.AST]:
    """The entry's definition and those of the file's own names that it uses, directly or through each other."""
    defined: dict[str, ast.AST] = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            defined[node.name] = node
        elif isinstance(node, ast.Assign):
            defined.update({one.id: node for one in node.targets if isinstance(one, ast.Name)})
    todo, reached = [entry], dict[str, ast.AST]()
    while todo:
        name = todo.pop()
        if name in defined and name not in reached:
            reached[name] = defined[name]
            todo += [inner.id for inner in ast.walk(defined[name]) if isinstance(inner, ast.Name)]
    return list(reached.values())


def _forbidden(node: ast.AST, forbidden: tuple[str, ...], aliases: dict[str, str]) -> str | None:
    names: set[str | None] = set()
    if isinstance(node, ast.Attribute):
        names = {f".{node.attr}", _dotted(node, aliases)}
    elif isinstance(node, ast.Name):
        names = {aliases.get(node.id)}
    loops = [name for name, kinds in LOOPS.items() if isinstance(node, kinds)]
    return next((name for name in forbidden if name in names or name in loops), None)


def _dotted(node: ast.AST, aliases: dict[str, str]) -> str | None:
    if isinstance(node, ast.Name):
        return aliases.get(node.id, node.id)
    if isinstance(node, ast.Attribute) and (before := _dotted(node.value, aliases)):
        return f"{before}.{node.attr}"
    return None
