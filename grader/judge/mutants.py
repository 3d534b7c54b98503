"""A part's mutants: the reference with one small change in it, as a learner may have it - an operator, a sign, an
index, an axis, a reduction, an order, a dtype, a statement that is missing. Made from the text alone; nothing is run.

The changes are those of mutation analysis (DeMillo, Lipton and Sayward 1978), chosen for code with tensors.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Callable, Iterator
from copy import deepcopy
from typing import Any, NamedTuple

from grader.judge.variants import arguments, confused, further
from grader.judge.wording import sentence
from lessons import edit

OPERATORS: dict[type, type] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult, ast.Pow: ast.Mult,
    ast.FloorDiv: ast.Div, ast.Mod: ast.FloorDiv, ast.BitAnd: ast.BitOr, ast.BitOr: ast.BitAnd,
    ast.And: ast.Or, ast.Or: ast.And,
    ast.Lt: ast.GtE, ast.LtE: ast.Lt, ast.Gt: ast.LtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
ORDERED = (ast.Sub, ast.Div, ast.Pow, ast.MatMult)
"""Operators whose operands may be the wrong way round."""
_TWINS = """
sum mean, max min, argmax argmin, amax amin, maximum minimum, zeros ones, zeros_like ones_like, rand randn, any all,
floor ceil, cat stack, sqrt square, cos sin, exp log, values indices, softmax log_softmax, sigmoid tanh, cumsum cumprod,
train eval, Linear Identity, ReLU Tanh, Sigmoid ReLU, std var, prod sum, argsort sort
"""
_PAIRS = [pair.partition(" ")[::2] for pair in " ".join(_TWINS.split()).split(", ")]
TWINS = {**{right: left for left, right in _PAIRS}, **dict(_PAIRS)}
"""Names that stand for one another."""
KEPT = frozenset({"range", "isinstance", "super", "print", "len", "enumerate", "zip", "type"})
"""Calls that are not left out: without them nothing is left that runs."""
ALIKE = frozenset({"max", "min", "hypot", "isclose", "allclose", "maximum", "minimum", "equal", "log"})
"""Calls whose arguments have no order, and what only draws."""
UNSEEN = frozenset({"strict", "repeat", "number", "step"})
"""Keywords that change no result."""
SMALL = (ast.Constant, ast.UnaryOp, ast.Slice, ast.Attribute, ast.operator, ast.cmpop, ast.boolop)
"""What says little by itself, so that it is shown with what stands around it."""
SHOWN, AROUND = 60, 20
"""Characters of a change that are shown as they are, and of a longer one those around what differs."""


class Mutant(NamedTuple):
    """A changed reference."""

    change: str
    """Which definition, and what stands there for what; no two of a part have the same."""
    line: int
    made: edit.Edited
    told: str | None = None
    """What is said of it to whoever gives its results."""


class _Change(NamedTuple):
    old: str
    new: str
    line: int
    text: str
    told: str | None


def mutants(source: str, entry: str, most: int, *, more: bool = False) -> list[Mutant]:
    """The mutants of what `entry` is made of in `source`, the text of a reference.py; of more than `most`, some.

    Which of them depends on the changes themselves, so that a change elsewhere chooses no others. With `more`
    there are those too in which a side of an operator is missing, an argument stands for another one, or a loop begins
    late or stops early: a learner has them as often, and a check that catches the others catches them.
    """
    found: dict[str, Mutant] = {}
    for definition, node in edit.reached(source, entry).items():
        if any(edit.called(one) in edit.MARKS for one in node.decorator_list):
            continue
        for one in _changes(node, more):
            change = f"{definition}: {' -> '.join(_shortened(one.old, one.new))}"
            same = sum(1 for name in found if name == change or name.startswith(f"{change} ("))
            change += f" ({same + 1})" if same else ""
            found[change] = Mutant(change, one.line, edit.redefined(source, entry, definition, one.text), one.told)
    chosen = sorted(found.values(), key=lambda mutant: hashlib.sha256(mutant.change.encode()).digest())[:most]
    return sorted(chosen, key=lambda mutant: (mutant.line, mutant.change))


def _shortened(*texts: str) -> list[str]:
    """Two texts, each on one line; of long ones what differs, and a little of what stands around it."""
    one, other = (" ".join(text.split()) for text in texts)
    before = _alike(one, other)
    after = min(_alike(one[::-1], other[::-1]), len(one) - before, len(other) - before)
    found = []
    for text in (one, other):
        first, last = max(before - AROUND, 0), len(text) - max(after - AROUND, 0)
        if len(text) > SHOWN:
            text = "..." * (first > 0) + text[first:last] + "..." * (last < len(text))
        found.append(text if len(text) <= 2 * SHOWN else f"{text[: 2 * SHOWN - 3]}...")
    return found


def _alike(one: str, other: str) -> int:
    """With how many of the same characters two texts begin."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (a, b) in pairs if a != b), min(len(one), len(other)))


# --- places of a definition where something else could stand ------------------------------------------------------


class _Place(NamedTuple):
    """Where a node hangs: a field of its parent, and its number where that is a list."""

    parent: ast.AST
    field: str
    number: int | None

    def put(self, node: Any) -> None:
        if self.number is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.number] = node


def _places(node: ast.AST) -> Iterator[tuple[_Place, ast.AST]]:
    """Every place below a node, outermost first; not in annotations, decorators, texts and what is raised."""
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns", "decorator_list", "type_params", "bases", "ctx"):
            continue
        for number, one in enumerate(value) if isinstance(value, list) else [(None, value)]:
            unseen = isinstance(one, ast.keyword) and one.arg in UNSEEN
            drawn = isinstance(one, ast.Call) and _last(one.func) == "log" and bool(one.keywords)
            if isinstance(one, ast.AST) and not isinstance(one, ast.JoinedStr | ast.Raise | ast.Assert | ast.Import):
                if unseen or drawn:
                    continue
                yield _Place(node, field, number), one
                yield from _places(one)


def _changes(definition: edit.Definition, more: bool) -> Iterator[_Change]:
    tree = deepcopy(definition)
    tree.decorator_list = []  # `edit.redefined` writes them
    before, known = ast.unparse(tree), arguments(tree) if more else {}
    for place, node in list(_places(tree)):
        line = getattr(node, "lineno", getattr(place.parent, "lineno", definition.lineno))
        small = isinstance(node, SMALL) and isinstance(place.parent, ast.expr | ast.keyword | ast.AugAssign)
        outer: ast.AST = place.parent if small else node
        old = ast.unparse(outer)
        for new in (*_instead(node, place, tree), *(further(node, known.get(node, [])) if more else ())):
            told = sentence(node, new, place.parent)
            place.put(new)
            text = ast.unparse(ast.fix_missing_locations(tree))
            shown = ast.unparse(outer if small else new)
            place.put(node)
            if text != before:
                yield _Change(old, shown, line, text, told)
    for name, other, text in confused(tree) if more else ():
        told = sentence(ast.Name(name), ast.Name(other), tree)
        yield _Change(name, f"{other} everywhere", tree.lineno, text, told)


def _instead(node: ast.AST, place: _Place, definition: edit.Definition) -> Iterator[ast.AST]:
    """What could stand in the place of a node."""
    maker: Callable[..., Iterator[ast.AST]] | None = MAKERS.get(type(node))
    if type(node) in OPERATORS:
        yield OPERATORS[type(node)]()
    elif isinstance(node, ast.stmt):
        yield from _statements(node, definition)
    elif maker is not None:
        yield from maker(node, place)


def _statements(node: ast.stmt, definition: edit.Definition) -> Iterator[ast.AST]:
    """A statement that is missing or stops early, a guard that always or never holds, an argument changed in place."""
    arguments = {one.arg for one in ast.walk(definition) if isinstance(one, ast.arg)}
    match node:
        case ast.Expr(value=ast.Call()) | ast.AugAssign():
            yield ast.Pass()
        case ast.Assign(targets=[ast.Attribute() | ast.Subscript()]):
            yield ast.Pass()
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if name in arguments:
            yield ast.Pass()
            if isinstance(value, ast.BinOp) and isinstance(value.left, ast.Name) and value.left.id == name:
                yield ast.AugAssign(ast.Name(name, ast.Store()), value.op, value.right)
        case ast.With(body=body):
            yield ast.If(ast.Constant(True), body, [])
        case ast.If(body=body, orelse=other):
            yield ast.If(ast.Constant(True), body, [])
            yield ast.If(ast.Constant(True), other or [ast.Pass()], [])
        case ast.For():
            yield ast.For(node.target, node.iter, [*node.body, ast.Break()], node.orelse)


def _constants(node: ast.Constant, place: _Place) -> Iterator[ast.AST]:
    value = node.value
    if isinstance(place.parent, ast.UnaryOp | ast.Expr):
        return
    if isinstance(value, bool):
        yield ast.Constant(not value)
    elif isinstance(value, int):
        yield ast.Constant(value + 1)
        if value > 0:
            yield ast.Constant(value - 1)
    elif isinstance(value, float):
        yield ast.Constant(2 * value if value else 1.0)


def _unary(node: ast.UnaryOp, place: _Place) -> Iterator[ast.AST]:
    if isinstance(node.op, ast.USub) and isinstance(node.operand, ast.Constant) and node.operand.value == 1:
        yield ast.Constant(0)
    elif isinstance(node.op, ast.USub | ast.Not | ast.Invert):
        yield node.operand


def _binary(node: ast.BinOp, place: _Place) -> Iterator[ast.AST]:
    if isinstance(node.op, ORDERED) and ast.unparse(node.left) != ast.unparse(node.right):
        yield ast.BinOp(node.right, node.op, node.left)


def _choice(node: ast.IfExp, place: _Place) -> Iterator[ast.AST]:
    yield node.body
    yield node.orelse


def _attributes(node: ast.Attribute, place: _Place) -> Iterator[ast.AST]:
    if node.attr in TWINS and not isinstance(node.ctx, ast.Store):
        yield ast.Attribute(node.value, TWINS[node.attr], node.ctx)
    if node.attr in ("T", "mT", "real", "data"):
        yield node.value


def _calls(node: ast.Call, place: _Place) -> Iterator[ast.AST]:
    """Left out, with one keyword less, or with its first two arguments the other way round."""
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    statement = isinstance(place.parent, ast.Expr)
    modules = ("torch", "math", "nn", "functional", "linalg", "np", "random", "F")
    if name not in KEPT and not statement:
        of_module = isinstance(node.func, ast.Attribute) and _last(node.func.value) in modules
        if isinstance(node.func, ast.Attribute) and not of_module and not _is_super(node.func.value):
            yield node.func.value
        elif node.args and not isinstance(node.args[0], ast.Starred | ast.Constant):
            yield node.args[0]
    for number in range(len(node.keywords)):
        if node.keywords[number].arg in UNSEEN:
            continue
        yield ast.Call(node.func, node.args, node.keywords[:number] + node.keywords[number + 1 :])
    if len(node.args) > 1 and name not in ALIKE and not any(isinstance(one, ast.Starred) for one in node.args[:2]):
        yield ast.Call(node.func, [node.args[1], node.args[0], *node.args[2:]], node.keywords)


def _last(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _is_super(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and _last(node.func) == "super"


def _slices(node: ast.Slice, place: _Place) -> Iterator[ast.AST]:
    for field in ("lower", "upper", "step"):
        if getattr(node, field) is not None:
            bounds = {name: getattr(node, name) for name in ("lower", "upper", "step")}
            yield ast.Slice(**{**bounds, field: None})


def _tuples(node: ast.Tuple, place: _Place) -> Iterator[ast.AST]:
    if isinstance(node.ctx, ast.Load) and len(node.elts) > 1 and isinstance(place.parent, ast.Return | ast.Assign):
        yield ast.Tuple([node.elts[1], node.elts[0], *node.elts[2:]], node.ctx)


MAKERS: dict[type, Callable[..., Iterator[ast.AST]]] = {
    ast.Constant: _constants, ast.UnaryOp: _unary, ast.BinOp: _binary, ast.IfExp: _choice,
    ast.Attribute: _attributes, ast.Call: _calls, ast.Slice: _slices, ast.Tuple: _tuples,
}  # fmt: skip
