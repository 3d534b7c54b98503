"""What a learner may have in the place of a piece of a right answer: another function of its kind, another argument,
a number that is twice too large, an operand less, a loop over one less.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

GROUPS = (
    "sigmoid tanh relu softmax",
    "Sigmoid Tanh ReLU Identity",
    "sum mean amax amin prod logsumexp",
    "max min mean",
    "abs square sqrt log exp",
    "zeros ones rand randn",
    "zeros_like ones_like rand_like randn_like",
    "SGD Adam AdamW RMSprop",
)
"""Names of which a learner may take another one."""
ALTERNATIVES = {
    name: [other for group in GROUPS if name in group.split() for other in group.split() if other != name]
    for name in " ".join(GROUPS).split()
}
FACTORS = (2, 0.5, 10, 0.1)
"""Times which a number may be wrong."""


def further(node: ast.AST, known: list[str]) -> Iterator[ast.AST]:
    """What could stand in the place of a node; known: the arguments of the function around it."""
    match node:
        case ast.BinOp(left=left, right=right):
            yield left
            yield right
        case ast.Name(id=name, ctx=ast.Load()) if name in known:
            yield from (ast.Name(other, ast.Load()) for other in known if other != name)
            yield ast.BinOp(node, ast.Pow(), ast.Constant(2))
        case ast.Constant(value=int(value) | float(value)) if value and not isinstance(value, bool):
            times = (value * factor for factor in FACTORS)
            yield from (ast.Constant(type(value)(one)) for one in times if isinstance(value, float) or one % 1 == 0)
        case ast.Attribute(value=value, attr=name) if name in ALTERNATIVES and not isinstance(node.ctx, ast.Store):
            yield from (ast.Attribute(value, other, node.ctx) for other in ALTERNATIVES[name])
        case ast.Call(func=ast.Name(id="range"), args=[count]):
            one = ast.Constant(1)
            yield ast.Call(node.func, [ast.BinOp(count, ast.Sub(), one)], [])
            yield ast.Call(node.func, [one, count], [])


def arguments(tree: ast.AST) -> dict[ast.AST, list[str]]:
    """The names of what the function around a node is given, in order; of the innermost one."""
    known: dict[ast.AST, list[str]] = {}
    for function in ast.walk(tree):  # outer ones come first
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
            known |= dict.fromkeys(ast.walk(function), _given(function))
    return known


def _given(function: ast.FunctionDef | ast.AsyncFunctionDef) -> list[str]:
    return [one.arg for one in function.args.posonlyargs + function.args.args if one.arg != "self"]


def confused(tree: ast.AST) -> Iterator[tuple[str, str, str]]:
    """One argument for another one in every place where it is used, and it is used in several: both, and the text."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        names = _given(function)
        for name in names:
            places = [node for node in ast.walk(function) if isinstance(node, ast.Name) and node.id == name]
            for other in names if len(places) > 1 else ():
                if other != name:
                    for node in places:
                        node.id = other
                    yield name, other, ast.unparse(tree)
                    for node in places:
                        node.id = name
