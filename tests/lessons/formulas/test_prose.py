"""The formulas of a text, drawn and in words."""

from __future__ import annotations

from lessons.formulas.markdown import formulas
from lessons.formulas.prose import marked, prose, unquoted


def test_formulas_come_in_order_and_once() -> None:
    found = list(formulas("With $x_1$ and\n\n$$y^2 = x_1$$\n\nagain $x_1$, and 3 $ or 4 $."))
    assert [(one.latex, one.display) for one in found] == [("x_1", False), ("y^2 = x_1", True)]
    assert [one.shown for one in found] == ["x₁", "y²=x₁"]
    assert [one.spoken for one in found] == ["x sub 1", "y squared equals x sub 1"]


def test_what_cannot_be_shown_stays_latex() -> None:
    one = next(formulas(r"$\nosuchsign$"))
    assert (one.shown, one.spoken) == (r"\nosuchsign", r"\nosuchsign")


def test_a_text_with_its_formulas_in_words() -> None:
    assert prose("For $x_1, x_2$ write `$x$`.", spoken=True) == "For [x sub 1, x sub 2] write $x$."
    assert "[formula: y squared]" in prose("$$y^2$$", spoken=True)


FENCED = "Do it:\n\n```python\nx = `1`\ny = '$2$'\n```\n\nas $x^2$ in `x**2`."


def test_code_loses_its_marks_in_plain_lines() -> None:
    assert marked(FENCED) == "Do it:\n\n    x = `1`\n    y = '$2$'\n\nas x² in `x**2`."
    assert prose(FENCED).endswith("as x² in x**2.") and "```" not in prose(FENCED)
    assert unquoted("`a` and `b c`, a lone ` stays") == "a and b c, a lone ` stays"


def test_what_is_no_formula_stays() -> None:
    assert prose("for 3$ or $nosuch{sign$") == "for 3$ or $nosuch{sign$"
