"""A formula as people write it, `2 / (n_in + n_out)`, and whether two of them are the same function.

Formulas are compared by their values at random points with 50 digits, not by their text and not by rewriting: two
formulas of these operations that agree at a dozen points to 40 digits are equal but with a probability that does not
count (Schwartz 1980 and Zippel 1979 for polynomials), and nothing has to be simplified, which may take any time.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

import mpmath  # a dependency of torch's own SymPy; arithmetic with any number of digits

from grader.questions.arithmetic import LONGEST, SIGNS
from lessons.error import did_you_mean

DIGITS, AGREED = 50, 40
POINTS = 12
TRIED = 60
"""Points that are drawn in search of twelve at which the right formula has a value."""
WIDEST = 80
"""Nodes of a formula's tree."""
HIGHEST = 10_000
"""The largest exponent, of a power or of e: numbers with more digits take time and memory without bounds."""
SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")

Values = Mapping[str, Any]


class Unreadable(ValueError):
    """What is no formula; the message says why, and how to write it."""


class Valueless(ArithmeticError):
    """The formula has no value at a point, or none that can be computed."""


@dataclass(frozen=True)
class Formula:
    """A formula that was read, and what it is as a function of its letters."""

    text: str
    value: Callable[[Values], Any]
    """At a point, as a number of mpmath. Raises Valueless."""


def read(text: str, letters: Mapping[str, str]) -> Formula:
    """A formula in these letters. Raises Unreadable."""
    plain = _plain(text)
    if not plain:
        raise Unreadable("Write a formula.")
    if len(plain) > LONGEST:
        raise Unreadable(f"This is too long: {LONGEST} characters are the most.")
    try:
        tree = ast.parse(plain, mode="eval")
    except (SyntaxError, RecursionError, MemoryError):
        raise Unreadable(
            f"This cannot be read as a formula. Write it as in Python, for example {_example(letters)}."
        ) from None
    if sum(1 for _ in ast.walk(tree)) > 2 * WIDEST:
        raise Unreadable("This is too long for a formula.")
    return Formula(text.strip(), _compiled(tree.body, letters))


def means(one: Formula, text: str, letters: Mapping[str, str]) -> bool:
    """Whether a formula is the same function as another, which is written; not where that has no values."""
    try:
        return difference(one, read(text, letters), letters) is None
    except (Unreadable, Valueless):
        return False


@dataclass(frozen=True)
class Difference:
    """A point at which two formulas differ, small where there is a small one; None: no value there."""

    point: dict[str, str]
    got: str | None
    expected: str


def difference(one: Formula, other: Formula, letters: Mapping[str, str]) -> Difference | None:
    """Where `one` is not what `other` is, or None. Raises Valueless where `other` has no values at all."""
    met = 0
    with mpmath.workdps(DIGITS):
        for point in _points(letters):
            try:
                expected = other.value(point)
            except Valueless:
                continue
            try:
                got = one.value(point)
            except Valueless:
                got = None
            if got is None or abs(got - expected) > mpmath.mpf(10) ** -AGREED * max(1, abs(expected)):
                shown = {letter: _short(value) for letter, value in point.items()}
                digits = next(
                    (n for n in range(6, DIGITS) if got is None or _short(got, n) != _short(expected, n)), DIGITS
                )
                return Difference(shown, None if got is None else _short(got, digits), _short(expected, digits))
            met += 1
            if met == POINTS:
                return None
    if not met:
        raise Valueless("the formula has no value at any point that was tried")
    return None


# --- points -------------------------------------------------------------------------------------------------------


def _points(letters: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Small ones first, which are read more easily when they tell two formulas apart; then any. Always the same."""
    rng = Random(20_240)
    for number in range(TRIED):
        yield {letter: _drawn(kind, rng, small=number < 3) for letter, kind in letters.items()}


def _drawn(kind: str, rng: Random, *, small: bool) -> Any:
    if kind == "whole":
        return mpmath.mpf(rng.randrange(2, 12 if small else 400))
    if small:
        value = mpmath.mpf(rng.randrange(2, 10)) / 2
    else:
        value = mpmath.mpf(rng.getrandbits(150)) / 2**150 * 4 + mpmath.mpf("0.05")
    return -value if kind == "real" and rng.random() < 0.5 else value


def _short(value: Any, digits: int = 6) -> str:
    return str(mpmath.nstr(value, digits)).removesuffix(".0")


# --- reading ------------------------------------------------------------------------------------------------------


def _plain(text: str) -> str:
    plain = text.strip().strip("$`").strip()
    for sign, written in SIGNS.items():
        plain = plain.replace(sign, written)
    made, raised = [], False
    for sign in plain:
        power = sign in "⁰¹²³⁴⁵⁶⁷⁸⁹"
        made.append(("**" if power and not raised else "") + sign.translate(SUPERSCRIPTS))
        raised = power
    return "".join(made)


def _example(letters: Mapping[str, str]) -> str:
    first, *rest = letters
    return f"`2 * {first}**2`" if not rest else f"`2 * {first} / ({rest[0]} + 1)`"


def _power(base: Any, exponent: Any) -> Any:
    if abs(exponent) > HIGHEST or (base and abs(exponent * mpmath.log(abs(base))) > HIGHEST):
        raise Valueless("too large")
    return mpmath.power(base, exponent)


def _exp(x: Any) -> Any:
    if abs(x) > HIGHEST:
        raise Valueless("too large")
    return mpmath.exp(x)


def _tanh(x: Any) -> Any:
    return mpmath.tanh(x) if abs(x) < HIGHEST else mpmath.sign(x)


OPERATORS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: lambda a, b: mpmath.floor(a / b),
    ast.Mod: lambda a, b: a - b * mpmath.floor(a / b),
    ast.Pow: _power,
}
FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "sqrt": mpmath.sqrt,
    "exp": _exp,
    "log": mpmath.log,
    "ln": mpmath.log,
    "tanh": _tanh,
    "sin": mpmath.sin,
    "cos": mpmath.cos,
    "abs": abs,
    "floor": mpmath.floor,
    "ceil": mpmath.ceil,
}


def _compiled(node: ast.expr, letters: Mapping[str, str]) -> Callable[[Values], Any]:
    match node:
        case ast.Constant(value=int(value) | float(value)) if not isinstance(value, bool):
            text = repr(value)
            return lambda point: mpmath.mpf(text)
        case ast.Name(id="pi") if "pi" not in letters:
            return lambda point: +mpmath.pi
        case ast.Name(id=name) if name in letters:
            return lambda point: point[name]
        case ast.Name(id=name):
            raise Unreadable(f"`{name}` is none of the letters here. {did_you_mean(name, list(letters))}")
        case ast.UnaryOp(op=ast.USub() | ast.UAdd() as sign, operand=operand):
            inner, factor = _compiled(operand, letters), -1 if isinstance(sign, ast.USub) else 1
            return lambda point: factor * inner(point)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            return _applied(OPERATORS[type(op)], _compiled(left, letters), _compiled(right, letters))
        case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]) if name in FUNCTIONS:
            return _applied(FUNCTIONS[name], _compiled(argument, letters))
        case ast.Call(func=ast.Name(id=name)) if name in letters:
            raise Unreadable(f"Write the sign of a product: `{name} * (...)`.")
        case ast.Call(func=ast.Constant() | ast.BinOp()):
            raise Unreadable("Write the sign of a product: `2 * (...)`.")
        case ast.Call(func=ast.Name(id=name)):
            raise Unreadable(f"`{name}` cannot be used in a formula; {', '.join(FUNCTIONS)} can, each of one number.")
    raise Unreadable("This is no formula: write letters, numbers, + - * / ** and functions such as sqrt(...).")


def _applied(function: Callable[..., Any], *arguments: Callable[[Values], Any]) -> Callable[[Values], Any]:
    def value(point: Values) -> Any:
        try:
            found = function(*(argument(point) for argument in arguments))
        except (ZeroDivisionError, ValueError, OverflowError):
            raise Valueless("no value") from None
        if isinstance(found, mpmath.mpc) or not mpmath.isfinite(found):
            raise Valueless("no value")
        return found

    return value
