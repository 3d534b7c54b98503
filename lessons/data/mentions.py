"""Which data sets a program names where it matters: in what runs when it is imported, and in what that uses.

A comment, a docstring and what lies below `if __name__ == "__main__"` name nothing: nothing of that is run.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator
from functools import lru_cache

from lessons.data.catalogue import DATA_SETS, DataSet

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def mentioned(*sources: str, entries: Collection[str] = ()) -> list[DataSet]:
    """The data sets that programs name. "Fashion-MNIST" in a text names neither of the two.

    entries: the names that are called from outside; without them everything that a program defines counts as used.
    """
    found = {one for source in sources for one in _mentioned(source, frozenset(entries))}
    return [one for one in DATA_SETS if one in found]


@lru_cache(maxsize=64)  # a reference is asked about at every verdict
def _mentioned(source: str, entries: frozenset[str]) -> tuple[DataSet, ...]:
    words = "\n".join(_words(source, entries))
    return tuple(one for one in DATA_SETS if any(re.search(rf"(?<![\w-]){word}\b", words) for word in one.mentions))


def _words(source: str, entries: Collection[str]) -> Iterator[str]:
    """The names and texts of what is run; the whole program where it cannot be parsed."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        yield source
        return
    body = [node for node in tree.body if not _guard(node)]
    imported = dict(_imports(tree))
    left: list[ast.AST] = list(body)
    defined: dict[str, ast.AST] = {}
    if entries:
        defined = {node.name: node for node in body if isinstance(node, DEFINITIONS)}
        outside = [defined.pop(name) for name in entries if name in defined]
        left = [*outside, *(node for node in body if not isinstance(node, DEFINITIONS))] if outside else left
    while left:
        for word in _words_of(left.pop()):
            yield imported.get(word, word)
            if word in defined:
                left.append(defined.pop(word))


def _guard(node: ast.AST) -> bool:
    match node:
        case ast.If(test=ast.Compare(left=ast.Name(id="__name__"))):
            return True
    return False


def _imports(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """The name by which something is imported, and its own."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for one in node.names:
                yield one.asname or one.name, one.name.rpartition(".")[2]


def _words_of(top: ast.AST) -> Iterator[str]:
    """The names and texts in a piece of a program, without docstrings; what is imported counts where it is used."""
    left = [top]
    while left:
        node = left.pop()
        match node:
            case ast.Expr(value=ast.Constant()) | ast.Import() | ast.ImportFrom():
                continue
            case ast.Name(id=name) | ast.Attribute(attr=name):
                yield name
            case ast.Constant(value=str(text)):
                yield text
        left += ast.iter_child_nodes(node)
