"""A wrong answer as the beginning of a mistake in `reference.py`: an `edit` where one change of the reference makes it,
else a function. Nothing is run here."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from grader.batch.normal_tree import UNREADABLE, Scope, bared, normal, parsed
from lessons import edit

NAME, FUNCTION = "name-it", "name_it"
MESSAGE, HINT = "TODO: what it does, in a sentence.", "TODO: a question that leads on."
SIMPLE = (ast.Assign, ast.AugAssign, ast.Return, ast.Expr, ast.Raise, ast.Assert, ast.Delete, ast.expr)
"""What is replaced as a whole."""

SHORT = (ast.Name, ast.Constant, ast.UnaryOp)


class Asked(NamedTuple):
    """What a wrong answer is compared with."""

    reference: str
    """The text of `reference.py`."""
    entry: str
    part: str | None
    """Said where several parts run code."""


def skeleton(source: str, asked: Asked) -> str:
    """What an author would begin with; empty where the file cannot be read or lacks what is asked for."""
    tree = parsed(source)
    if tree is None:
        return ""
    try:
        return _edit(tree, asked) or _function(tree, asked)
    except UNREADABLE:
        return ""


def _definitions(tree: ast.Module) -> dict[str, Scope]:
    return {node.name: node for node in tree.body if isinstance(node, Scope)}


def _shape(node: ast.AST) -> tuple[str, ...]:
    made = normal(ast.Module([node], []) if isinstance(node, ast.stmt) else node)
    return made.shape if made else ()


def _edit(tree: ast.Module, asked: Asked) -> str:
    """The one change of the reference that gives this answer, if there is one; made, and found to be the same."""
    reached = edit.reached(asked.reference, asked.entry)
    own = _definitions(tree)
    if asked.entry not in own or not _shared(_needed(tree, asked.entry), asked.reference, reached):
        return ""
    changed = []
    for name, node in reached.items():
        text = _text(asked.reference, node)
        right = _definitions(bared(ast.parse(text)))[name]
        if name in own and _shape(right) != _shape(own[name]):
            changed.append((name, text, right, own[name]))
    if len(changed) != 1:
        return ""
    name, text, right, wrong = changed[0]
    for old, new in _changes(text, right, wrong):
        try:
            made = edit.changed(text, name, ((old, new),))
        except edit.EditError:
            continue
        if _shape(_definitions(bared(ast.parse(made)))[name]) == _shape(wrong):
            of = f", of={name}" if name != asked.entry else ""
            part = f", part={asked.part!r}" if asked.part else ""
            return f'edit(\n    "{NAME}", "{MESSAGE}", hint="{HINT}",\n    replace=({old!r}, {new!r}){of}{part},\n)\n'
    return ""


def _shared(needed: list[ast.stmt], reference: str, reached: Mapping[str, ast.stmt]) -> bool:
    """Whether an answer has no helpers of its own, and no values that the reference does not have."""
    values = {ast.dump(node) for node in bared(ast.parse(reference)).body if not isinstance(node, Scope)}
    return all(node.name in reached if isinstance(node, Scope) else ast.dump(node) in values for node in needed)


def _text(source: str, node: ast.stmt) -> str:
    """A definition's lines, without its decorators."""
    return "\n".join(source.split("\n")[node.lineno - 1 : node.end_lineno]) + "\n"


def _changes(text: str, right: ast.AST, wrong: ast.AST) -> Iterator[tuple[str, str]]:
    """Changes that may make one of the other: that of the smallest place first which says something by itself, then
    what stands around it, and a single name or number last."""
    names: dict[str, str] = {}
    chain = _chain(right, wrong, names)[::-1]
    for old, new in [place for short in (False, True) for place in chain if isinstance(place[0], SHORT) is short]:
        segment = ast.get_source_segment(text, old) if isinstance(old, SIMPLE) else None
        if not segment:
            continue
        if new is None:
            yield segment, "pass"
            continue
        said = ast.unparse(_Renamed(names).visit(copy.deepcopy(new)))
        yield segment, said
        if isinstance(new, ast.expr):
            yield segment, f"({said})"


Place = tuple[ast.AST, ast.AST | None]


def _chain(right: ast.AST, wrong: ast.AST, names: dict[str, str]) -> list[Place]:
    """The nodes around the smallest place that holds all that differs, from the outermost on. names: takes the
    reference's name for each of the learner's that stands in the same place."""
    if not _alike(right, wrong, names):
        return [(right, wrong)]
    inner: list[list[Place]] = []
    for field, value in ast.iter_fields(right):
        other = getattr(wrong, field, None)
        if isinstance(value, list) and isinstance(other, list):
            found = _of_lists(value, other, names)
            if found is None:
                return [(right, wrong)]
            inner += found
        elif isinstance(value, ast.AST) and isinstance(other, ast.AST):
            inner.append(_chain(value, other, names))
        elif isinstance(value, ast.AST) or isinstance(other, ast.AST):
            return [(right, wrong)]
    inner = [one for one in inner if one]
    if len(inner) > 1:
        return [(right, wrong)]
    return [(right, wrong), *inner[0]] if inner else []


def _of_lists(right: list[ast.AST], wrong: list[ast.AST], names: dict[str, str]) -> list[list[Place]] | None:
    """What differs, item by item; None where that is the list as a whole. A statement may be missing."""
    if len(right) == len(wrong):
        pairs = zip(right, wrong, strict=True)
        return [_chain(one, other, names) for one, other in pairs if isinstance(one, ast.AST)]
    if len(right) != len(wrong) + 1 or not all(isinstance(one, ast.stmt) for one in right):
        return None
    at = next((at for at, one in enumerate(wrong) if _chain(right[at], one, dict(names))), len(wrong))
    rest = [_chain(one, other, names) for one, other in zip(right[:at] + right[at + 1 :], wrong, strict=True)]
    return None if any(rest) else [[(right[at], None)]]


def _alike(right: ast.AST, wrong: ast.AST, names: dict[str, str]) -> bool:
    """Whether two nodes are the same, but for what is below them and what things are called."""
    if type(right) is not type(wrong):
        return False
    match right, wrong:
        case (ast.Name(id=one), ast.Name(id=other)) | (ast.arg(arg=one), ast.arg(arg=other)):
            return names.setdefault(other, one) == one
        case ast.Attribute(attr=one), ast.Attribute(attr=other):
            return one == other
        case ast.keyword(arg=one), ast.keyword(arg=other):
            return one == other
        case ast.Constant(value=one), ast.Constant(value=other):
            return type(one) is type(other) and repr(one) == repr(other)
    return True


class _Renamed(ast.NodeTransformer):
    """Names as the reference has them."""

    def __init__(self, names: dict[str, str]) -> None:
        self.names = names

    def visit_Name(self, node: ast.Name) -> ast.Name:
        node.id = self.names.get(node.id, node.id)
        return node

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.arg = self.names.get(node.arg, node.arg)
        return node


def _function(tree: ast.Module, asked: Asked) -> str:
    """The answer under another name, with what else it needs of the file within it, or before it if it is a class."""
    entry = _definitions(tree).get(asked.entry)
    if entry is None:
        return ""
    needed = _needed(tree, asked.entry)
    part = f", part={asked.part!r}" if asked.part else ""
    head = f'@mistake("{NAME}", "{MESSAGE}", hint="{HINT}"{part})\n'
    answer = _Renamed({asked.entry: FUNCTION}).visit(copy.deepcopy(entry))
    answer.name, answer.decorator_list = FUNCTION, []
    if isinstance(answer, ast.ClassDef):
        before = [f"{ast.unparse(node)}\n\n\n" for node in needed]
        return "".join(before) + head + ast.unparse(answer) + "\n"
    answer.body = [*needed, *answer.body]
    return head + ast.unparse(ast.fix_missing_locations(answer)) + "\n"


def _needed(tree: ast.Module, entry: str) -> list[ast.stmt]:
    """What a definition needs of its file, itself or through others, in the order of the file."""
    binders = {name: node for node in tree.body for name in _bound(node)}
    todo, found = [entry], set[str]()
    while todo:
        name = todo.pop()
        if name in binders and name not in found:
            found |= _bound(binders[name])
            todo += [one.id for one in ast.walk(binders[name]) if isinstance(one, ast.Name)]
    return [node for node in tree.body if _bound(node) & found and entry not in _bound(node)]


def _bound(node: ast.stmt) -> set[str]:
    """The names that a statement of the file binds."""
    if isinstance(node, Scope):
        return {node.name}
    return {one.id for one in ast.walk(node) if isinstance(one, ast.Name) and isinstance(one.ctx, ast.Store)}
