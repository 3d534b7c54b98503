"""A formula's LaTeX as a small tree: what one line of text and the spoken form are made from."""

from __future__ import annotations

import re
from typing import NamedTuple

from lessons.formulas.symbols import ACCENTS, DOUBLE_STRUCK, FONTS, FUNCTIONS, SPACES, SYMBOLS


class MathError(ValueError):
    """A formula cannot be shown. The message says what in it is at fault."""


class Symbol(NamedTuple):
    """A letter, number, operator or named symbol, as LaTeX names it (`alpha`) or as it stands (`+`)."""

    name: str


class Words(NamedTuple):
    """Upright text."""

    text: str


class Row(NamedTuple):
    """Nodes side by side."""

    nodes: tuple[Node, ...]


class Script(NamedTuple):
    """A base with what stands above and below it."""

    base: Node
    above: Node | None
    below: Node | None


class Fraction(NamedTuple):
    above: Node
    below: Node


class Root(NamedTuple):
    radicand: Node
    degree: Node | None


class Accent(NamedTuple):
    """A hat, bar, tilde ... over something."""

    name: str
    base: Node


class Grid(NamedTuple):
    """A matrix, cases or aligned lines."""

    name: str
    rows: tuple[tuple[Node, ...], ...]


Node = Symbol | Words | Row | Script | Fraction | Root | Accent | Grid

_TOKEN = re.compile(r"\\(?:[A-Za-z]+\*?|.)|[0-9]+(?:\.[0-9]+)?|\s+|.", re.DOTALL)
_NAME = re.compile(r"\s*\{([^{}]*)\}")
GRIDS = ("matrix", "pmatrix", "bmatrix", "vmatrix", "cases", "aligned", "align", "array", "gathered", "smallmatrix")


def parse(latex: str) -> Node:
    """The tree of a formula without its dollar signs. Raises MathError."""
    reader = _Reader(latex)
    nodes = reader.row(())
    if (rest := reader.peek()) is not None:
        raise MathError(f"`{rest}` has no partner")
    return nodes


class _Reader:
    def __init__(self, latex: str) -> None:
        self.latex = latex
        self.at = 0

    def peek(self) -> str | None:
        """The next token that is not space; None at the end."""
        while match := _TOKEN.match(self.latex, self.at):
            if not match[0].isspace():
                return match[0]
            self.at = match.end()
        return None

    def take(self) -> str:
        token = self.peek()
        if token is None:
            raise MathError("the formula ends too early")
        self.at += len(token)
        return token

    def expect(self, token: str) -> None:
        if (found := self.take()) != token:
            raise MathError(f"`{found}` stands where `{token}` was expected")

    def row(self, ends: tuple[str, ...]) -> Row:
        nodes: list[Node] = []
        while (token := self.peek()) is not None and token not in ends and token not in ("}", r"\right", r"\end"):
            if token in ("&", r"\\"):
                break
            if (node := self.scripted()) is not None:
                nodes.append(node)
        return Row(tuple(nodes))

    def scripted(self) -> Node | None:
        base = Row(()) if self.peek() in ("^", "_") else self.atom()
        above: Node | None = None
        below: Node | None = None
        while (token := self.peek()) in ("^", "_", "'", r"\limits", r"\nolimits"):
            self.take()
            if token == "^":
                above = self.argument() if above is None else Row((above, self.argument()))
            elif token == "_":
                below = self.argument()
            elif token == "'":
                above = Symbol("prime") if above is None else Row((above, Symbol("prime")))
        if base is None or (above is None and below is None):
            return base
        return Script(base, above, below)

    def argument(self) -> Node:
        """A group, or the one token that TeX would take."""
        if self.peek() == "{":
            self.take()
            inner = self.row(())
            self.expect("}")
            return inner
        if (token := self.peek()) is not None and token[0].isdigit():  # x^12 raises the 1 only
            self.at += 1
            return Symbol(token[0])
        node = self.atom()
        if node is None:
            raise MathError("a space stands where a group was expected")
        return node

    def atom(self) -> Node | None:
        token = self.peek()
        if token == "{":
            return self.argument()
        self.take()
        if not token or not token.startswith("\\"):
            return Symbol("vert" if token == "|" else token or "")
        return self.command(token[1:])

    def command(self, name: str) -> Node | None:
        if name in SPACES:
            return None if name in (",", ">", "!") else Words(" ")
        if name in ("frac", "tfrac", "dfrac", "cfrac"):
            return Fraction(self.argument(), self.argument())
        if name == "sqrt":
            degree = None
            if self.peek() == "[":
                self.take()
                degree = self.row(("]",))
                self.expect("]")
            return Root(self.argument(), degree)
        if name in ("text", "textrm", "textbf", "textit", "mbox", "operatorname", "operatorname*", "mathrm"):
            return Words(self.name(name))
        if name == "mathbb":
            inner = self.argument()
            letter = inner.nodes[0] if isinstance(inner, Row) and len(inner.nodes) == 1 else inner
            return Symbol(DOUBLE_STRUCK.get(letter.name, letter.name)) if isinstance(letter, Symbol) else inner
        if name in FONTS:
            return self.argument()
        if name == "binom":
            return Grid("pmatrix", ((self.argument(),), (self.argument(),)))
        if name in ACCENTS:
            return Accent(name, self.argument())
        if name in ("underbrace", "overbrace"):
            return self.argument()
        if name in ("underset", "overset", "stackrel"):
            mark, base = self.argument(), self.argument()
            return Script(base, None, mark) if name == "underset" else Script(base, mark, None)
        if name == "left":
            opened = self.delimiter()
            inner = self.row(())
            self.expect(r"\right")
            return Row((*opened, inner, *self.delimiter()))
        if name == "begin":
            return self.grid()
        if name == "not":
            return Row((Symbol("neg"), self.argument()))
        if name in ("big", "Big", "bigl", "bigr", "Bigl", "Bigr", "displaystyle", "textstyle", "!"):
            return None
        if name in SYMBOLS or name in FUNCTIONS:
            return Symbol(name)
        raise MathError(f"`\\{name}` is not known here")

    def delimiter(self) -> tuple[Node, ...]:
        token = self.take()
        name = "vert" if token == "|" else token.removeprefix("\\")
        return () if token == "." else (Symbol(name),)

    def name(self, command: str) -> str:
        match = _NAME.match(self.latex, self.at)
        if match is None:
            if command == "mathrm" and (token := self.peek()) is not None and token.isalnum():
                return self.take()
            raise MathError(f"`\\{command}` has no {{...}} of plain text")
        self.at = match.end()
        return re.sub(r"\\[ ,;]", " ", match[1]).replace("\\_", "_").replace("\\", "")

    def grid(self) -> Node:
        name = self.name("begin")
        if name.rstrip("*") not in GRIDS:
            raise MathError(f"the environment `{name}` is not known here")
        if name == "array":
            self.name("begin{array}")
        rows: list[tuple[Node, ...]] = []
        cells: list[Node] = []
        while True:
            cells.append(self.row(()))
            token = self.take()
            if token == "&":
                continue
            rows.append(tuple(cells))
            cells = []
            if token == r"\\":
                continue
            if token != r"\end":
                raise MathError(f"`{token}` has no partner")
            if (ended := self.name("end")) != name:
                raise MathError(f"`{name}` is ended by `{ended}`")
            if rows and all(cell == Row(()) for cell in rows[-1]):
                rows.pop()
            return Grid(name.rstrip("*"), tuple(rows))
