"""Markdown for plain lines: its formulas as terminal text or in words, its links with their addresses."""

from __future__ import annotations

import re
import textwrap

from tutor.formulas import mathtext
from tutor.formulas.markdown import DISPLAY, INLINE

WIDTH = 92
"""Columns of plain lines."""
_CODE = re.compile(r"(^```.*?^```[^\n]*$|`[^`\n]+`)", re.DOTALL | re.MULTILINE)
_LINK = re.compile(_CODE.pattern + r"|\[([^\]\n]+)\]\((https?://[^)\s]+)\)", re.DOTALL | re.MULTILINE)


def prose(text: str, spoken: bool = False) -> str:
    """Markdown with its formulas as terminal text, or in words; code stays as it is."""
    pieces = _CODE.split(_LINK.sub(_with_address, text.strip("\n")))
    return "".join(piece if index % 2 else _formulas(piece, spoken) for index, piece in enumerate(pieces))


def without_code(text: str) -> str:
    """Markdown without its code blocks and code spans."""
    return " ".join(_CODE.split(text)[::2])


def _formulas(text: str, spoken: bool) -> str:
    if spoken:
        text = DISPLAY.sub(lambda m: f"\n    [formula: {mathtext.spoken(m[1].strip())}]\n", text)
        return INLINE.sub(lambda m: f"[{mathtext.spoken(m[1])}]", text)
    text = DISPLAY.sub(
        lambda m: "\n" + textwrap.indent(mathtext.render(m[1].strip(), display=True), "    ") + "\n", text
    )
    return INLINE.sub(lambda m: mathtext.render(m[1], display=False), text)


def _with_address(found: re.Match[str]) -> str:
    """A link as its text and its address; code, which is found too, as it is."""
    if found[1] is not None:
        return found[0]
    return found[3] if found[2] == found[3] else f"{found[2]} ({found[3]})"
