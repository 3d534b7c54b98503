"""A formula as words, for those who hear it."""

from __future__ import annotations

import re

from lessons.formulas.latex import Accent, Fraction, Grid, Node, Root, Row, Script, Symbol, Words, parse
from lessons.formulas.symbols import ACCENTS, SYMBOLS

STRUCK = {"ℝ": "the reals", "ℕ": "the naturals", "ℤ": "the integers", "ℚ": "the rationals", "𝔼": "expectation"}
LARGE = {"sum": "the sum", "prod": "the product", "int": "the integral"}
POWERS = {"2": "squared", "3": "cubed", "top": "transposed", "T": "transposed", "prime": "prime", "-1": "inverse"}


def spoken(latex: str) -> str:
    """A formula read aloud: `x_i^2` is "x sub i squared". Raises MathError."""
    return re.sub(r" +,", ",", re.sub(r"\s+", " ", _say(parse(latex)))).strip()


def _say(node: Node) -> str:
    match node:
        case Symbol(name):
            return _symbol(name)
        case Words(text):
            return f" {text} "
        case Row(nodes):
            return " ".join(_say(one) for one in nodes)
        case Script(Symbol(name), above, below) if name in LARGE:
            start = f" over {_say(below)}" if below else ""
            end = f" up to {_say(above)}" if above else ""
            return f"{LARGE[name]}{start}{end} of"
        case Script(base, above, below):
            low = f" sub {_say(below)}" if below else ""
            return f"{_say(base)}{low}{_power(above)}"
        case Fraction(above, below):
            if _short(above) and _short(below):
                return f"{_say(above)} over {_say(below)}"
            return f"the fraction {_say(above)} over {_say(below)}, end of fraction,"
        case Root(radicand, degree):
            which = f"root of degree {_say(degree)}" if degree else "square root"
            return f"the {which} of {_say(radicand)}" + ("" if _short(radicand) else ", end of root,")
        case Accent(name, base):
            return f"{_say(base)} {ACCENTS[name][1]}"
        case Grid(name, rows):
            each = "line" if name in ("aligned", "align", "gathered") else "case" if name == "cases" else "row"
            return ", ".join(f"{each} {n}: {', '.join(_say(cell) for cell in row)}" for n, row in enumerate(rows, 1))


def _symbol(name: str) -> str:
    if name in SYMBOLS:
        return SYMBOLS[name][1]
    if name in STRUCK:
        return STRUCK[name]
    return {"(": "open parenthesis", ")": "close parenthesis", "[": "open bracket", "]": "close bracket", ",": ","}.get(
        name, name
    )


def _power(node: Node | None) -> str:
    if node is None:
        return ""
    inner = node
    while isinstance(inner, Row) and len(inner.nodes) == 1:
        inner = inner.nodes[0]
    text = "".join(one.name for one in inner.nodes if isinstance(one, Symbol)) if isinstance(inner, Row) else ""
    name = inner.name if isinstance(inner, Symbol) else text
    return f" {POWERS[name]}" if name in POWERS else f" to the power {_say(node)}"


def _short(node: Node) -> bool:
    if isinstance(node, Row):
        return len(node.nodes) <= 1 and all(_short(one) for one in node.nodes)
    return isinstance(node, Symbol | Words | Accent | Script)
