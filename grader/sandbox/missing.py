"""Why a name that is asked for is not there: what the learner's file has in its place, or where it hides.

It is said in the learner's process, about the learner's own file; what comes of it is text that is shown, and no more.
"""

from __future__ import annotations

import ast
import difflib
from collections.abc import Iterator, Mapping
from typing import Any

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def sentence(name: str, source: str, namespace: Mapping[str, Any]) -> str:
    """What is said of a name that a file does not define: where it stands all the same, or what has a name like it."""
    missing = f"{name} is not defined in your file"
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return missing
    for found, above in _places(tree):
        if _bound(found) == name:
            return f"{missing}: {_hidden(name, found, above)}"
    own = [one for one in (_bound(node) for node in tree.body) if one in namespace]
    near = difflib.get_close_matches(name, own, n=1, cutoff=0.6) or [
        one for one in own if one.lower().replace("_", "") == name.lower().replace("_", "")
    ]
    if near:
        return f"{missing}; did you mean {near[0]}? The task calls it {name}"
    return missing


def _places(tree: ast.Module) -> Iterator[tuple[ast.AST, list[ast.AST]]]:
    """Each definition and assignment with what it stands in, from the outermost on."""
    left: list[tuple[ast.AST, list[ast.AST]]] = [(node, []) for node in reversed(tree.body)]
    while left:
        node, above = left.pop()
        yield node, above
        if isinstance(node, ast.stmt):
            left += [(child, [*above, node]) for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt)]


def _bound(node: ast.AST) -> str:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            return name
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            return name
    return ""


def _hidden(name: str, node: ast.AST, above: list[ast.AST]) -> str:
    line = getattr(node, "lineno", 1)
    holder = next((one for one in reversed(above) if isinstance(one, DEFINITIONS)), None)
    if isinstance(holder, ast.ClassDef):
        return f"line {line} makes it a method of the class {holder.name}. Write it outside, at the left margin"
    if holder is not None:
        return f"line {line} defines it inside {holder.name}. Write it outside, at the left margin"
    if any(isinstance(one, ast.If) and "__name__" in ast.unparse(one.test) for one in above):
        return f'line {line} is below `if __name__ == "__main__":`, which is not run here. Write it above that line'
    if above:
        return f"line {line} is not reached. Write it outside, at the left margin"
    return f"your file ends before line {line}, or removes the name again"
