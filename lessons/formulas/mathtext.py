"""Formulas in a terminal: a block of text for those on lines of their own, one line for those in a sentence.

Blocks are TeXicode's; lines and the spoken form are made here, from the tree of `lessons.formulas.latex`.
"""

from __future__ import annotations

import re
import textwrap

from texicode.pipeline import render_tex

from lessons.formulas.latex import Accent, Fraction, Grid, MathError, Node, Root, Row, Script, Symbol, Words, parse
from lessons.formulas.spoken import spoken
from lessons.formulas.symbols import ACCENTS, DOWN, FUNCTIONS, OPERATORS, RELATIONS, SYMBOLS, UP

__all__ = ["MathError", "render", "spoken"]

_PLAINER = (  # what TeXicode does not know, as what it does know
    (re.compile(r"\\operatorname\*?(?=\s*\{)"), r"\\mathrm"),
    (re.compile(r"\\[lr]Vert(?![A-Za-z])"), r"\\|"),
    (re.compile(r"\\(?:boldsymbol|bm)(?![A-Za-z])"), r"\\mathbf"),
    (re.compile(r"\\(?:overline|widebar)(?![A-Za-z])"), r"\\bar"),
    (re.compile(r"\\widetilde(?![A-Za-z])"), r"\\tilde"),
    (re.compile(r"\\(?:implies)(?![A-Za-z])"), r"\\Rightarrow"),
    (re.compile(r"\\(?:textrm|mbox)(?![A-Za-z])"), r"\\text"),
    (re.compile(r"\\(?:displaystyle|textstyle|limits|nolimits|[bB]ig[lr]?)(?![A-Za-z])"), ""),
    (re.compile(r"\\arg(max|min)(?![A-Za-z])"), r"\\mathrm{arg\1}"),
    (re.compile(r"\\(?:intercal)(?![A-Za-z])"), r"\\top"),
    (re.compile(r"\\tr(?![A-Za-z])"), r"\\mathrm{tr}"),
    (re.compile(r"\\(?:under|over)brace(?![A-Za-z])"), ""),
    (re.compile(r"\\binom\s*\{([^{}]*)\}\s*\{([^{}]*)\}"), r"\\begin{pmatrix}\1\\\\\2\\end{pmatrix}"),
    (re.compile(r"\\coloneqq(?![A-Za-z])"), ":="),
)

DIFFERENCES = (Symbol("d"), Symbol("partial"), Symbol("Delta"))
"""What makes one thing of itself and the variable behind it."""


def render(latex: str, display: bool) -> str:
    """A formula, without its dollar signs, as text: several lines where `display`, else one line.

    Raises MathError where something in it cannot be shown.
    """
    tree = parse(latex)
    if not display:
        return _tidy(_line(tree))
    return _block(latex)


def _block(latex: str) -> str:
    plainer = latex.strip()
    for pattern, instead in _PLAINER:
        plainer = pattern.sub(instead, plainer)
    plainer = re.sub(r"\s+", " ", plainer)
    try:
        text = render_tex(plainer, False, False, "raw", {"fonts": "normal"})
    except Exception as error:  # TeXicode lets KeyError and IndexError out for what it does not know
        raise MathError(f"it cannot be laid out ({type(error).__name__}: {error})") from None
    if "TeXicode:" in text:
        raise MathError(text.strip().removeprefix("TeXicode: "))
    if text.count("?") > latex.count("?"):
        raise MathError("something in it has no sign in a terminal")
    lines = textwrap.dedent("\n".join(line.rstrip() for line in text.splitlines())).splitlines()
    while lines and not lines[0].strip():
        lines.pop(0)
    while lines and not lines[-1].strip():
        lines.pop()
    return "\n".join(lines)


# --- one line -------------------------------------------------------------------------------------


def _line(node: Node) -> str:
    match node:
        case Symbol(name):
            return _symbol(name)
        case Words(text):
            return text
        case Row(nodes):
            return _row(nodes)
        case Script(base, above, below):
            return _base(base) + _script(below, DOWN, "_") + _script(above, UP, "^")
        case Fraction(above, below):
            return f"{_grouped(above)}/{_atom(below)}"
        case Root(radicand, degree):
            mark = {None: "√", "3": "∛", "4": "∜"}.get(_line(degree) if degree else None)
            return (mark or f"{_script(degree, UP, '^')}√") + _atom(radicand)
        case Accent(name, base):
            inner = _line(base)
            return inner + ACCENTS[name][0] if len(inner) == 1 else f"{ACCENTS[name][1]}({inner})"
        case Grid(name, rows):
            return _grid(name, rows)


def _row(nodes: tuple[Node, ...]) -> str:
    pieces: list[str] = []
    for number, node in enumerate(nodes):
        text = _line(node)
        # A sign before a number stands close: -1, but a - b.
        name = node.name if isinstance(node, Symbol) else None
        before = nodes[number - 1] if number else None
        unary = name in ("-", "+", "pm") and (
            before is None
            or (
                isinstance(before, Symbol)
                and (before.name in RELATIONS or before.name in OPERATORS or before.name in "([,")
            )
        )
        if (name in RELATIONS or name in OPERATORS) and not unary:
            text = f" {text} "
        elif isinstance(_only(node), Fraction) and isinstance(before, Symbol) and before.name in FUNCTIONS:
            text = f"({text})"
        elif before is not None and Fraction in (type(_only(before)), type(_only(node))) and _times(before, node):
            text = f" · {text}"
        elif name == ",":
            text = ", "
        elif before is not None and (
            (_is_word(node) and pieces[-1][-1:].isalnum()) or (_is_word(before) and text[:1].isalnum())
        ):
            text = f" {text}"
        pieces.append(text)
    return "".join(pieces)


def _only(node: Node) -> Node:
    """What a group holds, where it is one thing."""
    return _only(node.nodes[0]) if isinstance(node, Row) and len(node.nodes) == 1 else node


def _times(before: Node, after: Node) -> bool:
    """Whether two things that stand side by side are multiplied."""

    def sign(node: Node) -> str | None:
        while isinstance(node, Script):
            node = node.base
        return _symbol(node.name) if isinstance(node, Symbol) and node.name not in FUNCTIONS else None

    def factor(node: Node, others: str) -> bool:
        shown = sign(_only(node))
        return isinstance(_only(node), Fraction | Root | Accent | Grid | Row) or (
            shown is not None and (shown.isalnum() or shown in others)
        )

    return factor(before, ")]") and factor(after, "([∂∇∑∏∫√")


def _is_word(node: Node) -> bool:
    base = node.base if isinstance(node, Script) else node
    return (isinstance(base, Symbol) and base.name in FUNCTIONS) or isinstance(base, Words)


def _symbol(name: str) -> str:
    if name in FUNCTIONS:
        return name
    if name in SYMBOLS:
        return SYMBOLS[name][0]
    return "−" if name == "-" else name


def _script(node: Node | None, letters: dict[str, str], mark: str) -> str:
    if node is None:
        return ""
    text = _tidy(_line(node)).replace(" ", "")
    if text and all(letter in letters for letter in text):
        return "".join(letters[letter] for letter in text)
    return f"{mark}{text}" if len(text) == 1 or text.isalnum() else f"{mark}({text})"


def _base(node: Node) -> str:
    """What something stands above or below of."""
    text = _line(node)
    return f"({text})" if isinstance(_only(node), Fraction) else text


def _atom(node: Node) -> str:
    """What is divided by, or under a root: in brackets unless it is one thing, for 1/2a is read as half of a."""
    text, inner = _tidy(_line(node)), _only(node)
    if isinstance(inner, Row) and len(inner.nodes) == 2 and inner.nodes[0] in DIFFERENCES:
        inner = inner.nodes[1]
    alone = isinstance(inner, Symbol | Script | Accent | Root | Grid) or (isinstance(inner, Words) and " " not in text)
    return text if alone else f"({text})"


def _grouped(node: Node) -> str:
    text = _tidy(_line(node))
    plain = re.fullmatch(r"[\w.∂∇∞\u0300-\u036f⁰-ₜ²³¹]+(\([^()]*\))?", text)
    return text if plain else f"({text})"


def _grid(name: str, rows: tuple[tuple[Node, ...], ...]) -> str:
    if name in ("aligned", "align", "gathered"):
        return "; ".join("".join(f" {_tidy(_line(cell))}" for cell in row).strip() for row in rows)
    if name == "cases":
        return "{" + "; ".join(", ".join(_tidy(_line(cell)) for cell in row) for row in rows) + "}"
    return "[" + "; ".join(" ".join(_tidy(_line(cell)) for cell in row) for row in rows) + "]"


def _tidy(text: str) -> str:
    return re.sub(r", (?=[)\]])", ",", re.sub(r" +", " ", text)).strip()
