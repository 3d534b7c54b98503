"""The formulas of a text: found, as terminal text, and in words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import msgspec

from lessons.formulas import mathtext

DISPLAY = re.compile(r"\$\$(.+?)\$\$", re.DOTALL)
INLINE = re.compile(r"\$([^$\n](?:[^$]*?[^$\s])?)\$")
EITHER = re.compile(f"{DISPLAY.pattern}|{INLINE.pattern}", re.DOTALL)


class Formula(msgspec.Struct, frozen=True):
    """A formula of a text as LaTeX, without its dollar signs."""

    latex: str
    display: bool

    @property
    def shown(self) -> str:
        """As terminal text; what cannot be shown stays LaTeX."""
        return _or_latex(self.latex, lambda: mathtext.render(self.latex, self.display))

    @property
    def spoken(self) -> str:
        """In words; what cannot be said stays LaTeX."""
        return _or_latex(self.latex, lambda: mathtext.spoken(self.latex))


def formulas(text: str) -> Iterator[Formula]:
    """The formulas of a text without code, in order, each once."""
    seen: set[str] = set()
    for found in EITHER.finditer(text):
        latex = (found[1] or found[2]).strip()
        if latex not in seen:
            seen.add(latex)
            yield Formula(latex, found[1] is not None)


def _or_latex(latex: str, make: Callable[[], str]) -> str:
    try:
        return make()
    except mathtext.MathError:
        return latex
