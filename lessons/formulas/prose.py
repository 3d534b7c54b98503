"""Markdown for plain lines: its formulas as terminal text or in words, its links with their addresses."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable

from lessons.formulas import mathtext
from lessons.formulas.markdown import DISPLAY, INLINE

WIDTH = 92
"""Columns of plain lines."""
_CODE = re.compile(r"(^```.*?^```[^\n]*$|`[^`\n]+`)", re.DOTALL | re.MULTILINE)
_SPAN = re.compile(r"`([^`\n]+)`")
_LINK = re.compile(_CODE.pattern + r"|\[([^\]\n]+)\]\((https?://[^)\s]+)\)", re.DOTALL | re.MULTILINE)


def prose(text: str, spoken: bool = False) -> str:
    """Markdown for plain lines: formulas as terminal text or in words, code without its marks."""
    return unquoted(marked(text, spoken))


def marked(text: str, spoken: bool = False) -> str:
    """Markdown with its formulas as terminal text, or in words, and its blocks of code indented; code in a line keeps
    its marks, for a face that shows it in another way."""
    pieces = _CODE.split(_LINK.sub(_with_address, text.strip("\n")))
    return "".join(_code(piece) if index % 2 else _formulas(piece, spoken) for index, piece in enumerate(pieces))


def unquoted(text: str) -> str:
    """Text without the marks of code in a line."""
    return _SPAN.sub(r"\1", text)


def _code(piece: str) -> str:
    """A block without its fences, indented; what stands in a line as it is."""
    if not piece.startswith("```"):
        return piece
    return textwrap.indent("\n".join(piece.split("\n")[1:-1]), "    ")


def without_code(text: str) -> str:
    """Markdown without its code blocks and code spans."""
    return " ".join(_CODE.split(text)[::2])


def _formulas(text: str, spoken: bool) -> str:
    if spoken:
        text = DISPLAY.sub(_or_as_it_is(lambda m: f"\n    [formula: {mathtext.spoken(m[1].strip())}]\n"), text)
        return INLINE.sub(_or_as_it_is(lambda m: f"[{mathtext.spoken(m[1])}]"), text)
    text = DISPLAY.sub(
        _or_as_it_is(lambda m: f"\n{textwrap.indent(mathtext.render(m[1].strip(), display=True), '    ')}\n"), text
    )
    return INLINE.sub(_or_as_it_is(lambda m: mathtext.render(m[1], display=False)), text)


def _or_as_it_is(make: Callable[[re.Match[str]], str]) -> Callable[[re.Match[str]], str]:
    """Two dollar signs may be nothing but that, in a text that is no author's alone."""

    def made(found: re.Match[str]) -> str:
        try:
            return make(found)
        except mathtext.MathError:
            return found[0]

    return made


def _with_address(found: re.Match[str]) -> str:
    """A link as its text and its address; code, which is found too, as it is."""
    if found[1] is not None:
        return found[0]
    return found[3] if found[2] == found[3] else f"{found[2]} ({found[3]})"
