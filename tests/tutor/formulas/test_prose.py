"""The formulas of a text, drawn and in words."""

from __future__ import annotations

from tutor.formulas.markdown import formulas
from tutor.formulas.prose import prose


def test_formulas_come_in_order_and_once() -> None:
    found = list(formulas("With $x_1$ and\n\n$$y^2 = x_1$$\n\nagain $x_1$, and 3 $ or 4 $."))
    assert [(one.latex, one.display) for one in found] == [("x_1", False), ("y^2 = x_1", True)]
    assert [one.shown for one in found] == ["x₁", "y²=x₁"]
    assert [one.spoken for one in found] == ["x sub 1", "y squared equals x sub 1"]


def test_what_cannot_be_shown_stays_latex() -> None:
    one = next(formulas(r"$\nosuchsign$"))
    assert (one.shown, one.spoken) == (r"\nosuchsign", r"\nosuchsign")


def test_a_text_with_its_formulas_in_words() -> None:
    assert prose("For $x_1, x_2$ write `$x$`.", spoken=True) == "For [x sub 1, x sub 2] write `$x$`."
    assert "[formula: y squared]" in prose("$$y^2$$", spoken=True)
