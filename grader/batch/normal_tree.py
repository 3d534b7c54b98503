"""Code without what says nothing of it: its syntax tree without names that the learner chose, comments, layout,
docstrings, annotations and imports.

Nothing is run here. Code of learners may be anything: what cannot be read, or is too large to compare, has no tree.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

LARGEST = 20_000
"""Characters of a learner's file that is compared: several times the longest answer, and so few that a class's
fingerprints have room."""
UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError)
Scope = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


class Token(NamedTuple):
    """A node of the tree: its kind, what it says, and the line that it stands in."""

    text: str
    line: int


class Normal(NamedTuple):
    """A file or a definition in its normal form."""

    tokens: tuple[Token, ...]
    """In the order of the text; names that the learner chose are all alike."""
    shape: tuple[str, ...]
    """All of it, with such names by number: equal for two codes that are the same but for them."""


def parsed(source: str, most: int | None = LARGEST) -> ast.Module | None:
    """The tree of a file, without what says nothing; None where there is none.

    most: characters of a file that is looked at; None for the course's own.
    """
    if most is not None and len(source) > most:
        return None
    try:
        return bared(ast.parse(source))
    except UNREADABLE:
        return None


def bared(tree: ast.Module) -> ast.Module:
    """The same tree without docstrings, annotations, imports, needless `pass`, and what only runs or prints."""
    _Bare().visit(tree)
    tree.body = [node for node in tree.body if not isinstance(node, ast.Expr | ast.Pass) and not _main(node)]
    return tree


def normal(tree: ast.AST, given: frozenset[str] = frozenset()) -> Normal | None:
    """The normal form of a bared tree. given: names that are not the learner's choice, such as what is asked for."""
    try:
        chosen = _chosen(tree, given)
        numbers: dict[str, int] = {}
        tokens, shape = [], []
        for text, name, line in _walk(tree, 1):
            if name in chosen:
                shape.append(f"{text}:{numbers.setdefault(name, len(numbers))}")
                tokens.append(Token(text, line))
            elif text in (")", "("):
                shape.append(text)
            else:
                shape.append(f"{text}={name}")
                tokens.append(Token(f"{text}={name}", line))
        return Normal(tuple(tokens), tuple(shape))
    except UNREADABLE:
        return None


def names_of(tree: ast.AST) -> frozenset[str]:
    """What a tree defines on its top level, and with a dot before them the attributes that it has to do with."""
    top = {node.name for node in getattr(tree, "body", ()) if isinstance(node, Scope)}
    attributes = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return frozenset(top | {f".{name}" for name in attributes | _methods(tree)})


def _chosen(tree: ast.AST, given: frozenset[str]) -> set[str]:
    """Names that are bound in a tree, and with a dot before them attributes that are set in it. Of methods only those
    that the tree calls itself: others are called by what it was written for."""
    found: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                found.add(name)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                found.add(name)
            case ast.ExceptHandler(name=str(name)):
                found.add(name)
            case ast.Attribute(attr=name, ctx=ast.Store()):
                found.add(f".{name}")
    methods, used = _methods(tree), {f".{node.attr}" for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    own = {name for name in methods if f".{name}" in used - given and not name.startswith("__")}
    return (found - methods - given) | own | {f".{name}" for name in own}


def _methods(tree: ast.AST) -> set[str]:
    return {
        one.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef) for one in node.body
        if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef)
    }  # fmt: skip


def _walk(node: ast.AST, line: int) -> Iterator[tuple[str, str, int]]:
    """Kind, name and line of each node in the order of the text; brackets where it or one of its lists ends."""
    line = getattr(node, "lineno", line)
    match node:
        case ast.Name(id=name):
            yield "Name", name, line
            return
        case ast.Attribute(attr=attribute):
            yield "Attribute", f".{attribute}", line
        case ast.arg(arg=name):
            yield "arg", name, line
        case ast.Constant(value=value):
            yield f"Constant {type(value).__name__}", repr(value), line
            return
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield type(node).__name__, name, line
        case ast.keyword(arg=name):
            yield "keyword", f"{name or '**'}=", line  # of others' functions, whatever one's own are called
        case ast.Global(names=names) | ast.Nonlocal(names=names):
            yield type(node).__name__, " ".join(names), line
        case ast.ExceptHandler(name=name):
            yield "ExceptHandler", name or "", line
        case _:
            yield type(node).__name__, "", line
    for field, value in ast.iter_fields(node):
        if field in ("ctx", "type_comment", "kind"):
            continue
        if isinstance(value, list):
            yield "(", "", line
            for one in value:
                if isinstance(one, ast.AST):
                    yield from _walk(one, line)
            yield ")", "", line
        elif isinstance(value, ast.AST):
            yield from _walk(value, line)
    yield ")", "", line


def _main(node: ast.stmt) -> bool:
    """Whether it is `if __name__ == ...`."""
    return isinstance(node, ast.If) and any(
        isinstance(one, ast.Name) and one.id == "__name__" for one in ast.walk(node.test)
    )


class _Bare(ast.NodeTransformer):
    """Takes out what says nothing."""

    def _body(self, node: ast.AST) -> ast.AST:
        self.generic_visit(node)
        for field in ("body", "orelse", "finalbody"):
            body = getattr(node, field, None)
            if isinstance(body, list):
                kept = [one for one in body if not isinstance(one, ast.Pass)]
                setattr(node, field, kept or ([ast.Pass()] if field == "body" else []))
        return node

    def visit(self, node: ast.AST) -> ast.AST | None:
        match node:
            case ast.Import() | ast.ImportFrom():
                return None
            case ast.Expr(value=ast.Constant()):
                return None
            case ast.AnnAssign(target=target, value=ast.expr() as value):
                made = ast.Assign(targets=[target], value=value)
                return self.visit(ast.copy_location(made, node))
            case ast.AnnAssign():
                return None
            case ast.arg():
                node.annotation = None
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                node.returns = None
        return self._body(node)
