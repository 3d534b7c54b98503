"""A number as people write it: `7,850`, `7 850`, `2/3`, `1e-3`, `4*15*23*3+4`."""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable

LONGEST = 200
THOUSANDS = re.compile(r"(?<![\d.])\d{1,3}(?:[ ,\u00a0\u202f]\d{3})+(?![\d])")
SIGNS = {
    "\N{MINUS SIGN}": "-",
    "\N{MULTIPLICATION SIGN}": "*",
    "\N{DOT OPERATOR}": "*",
    "\N{MIDDLE DOT}": "*",
    "^": "**",
}
OPERATORS: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: math.pow,
}


def readable(text: str) -> bool:
    """Whether it is a number, or a calculation with numbers."""
    try:
        number(text)
    except (ValueError, ArithmeticError):
        return False
    return True


def number(text: str) -> float:
    """Its value. Raises ValueError for what is no number, and ArithmeticError for what has no value."""
    if len(text) > LONGEST:
        raise ValueError("too long")
    plain = THOUSANDS.sub(lambda found: re.sub(r"\D", "", found[0]), text.strip())
    for sign, written in SIGNS.items():
        plain = plain.replace(sign, written)
    try:
        return float(plain)  # nan and inf are numbers too
    except ValueError:
        pass
    try:
        tree = ast.parse(plain, mode="eval")
    except (SyntaxError, RecursionError, MemoryError):
        raise ValueError("no calculation") from None
    return _value(tree.body)


def _value(node: ast.expr) -> float:
    match node:
        case ast.Constant(value=int(value) | float(value)) if not isinstance(value, bool):
            return float(value)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_value(operand)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            return OPERATORS[type(op)](_value(left), _value(right))
    raise ValueError("no calculation")
