"""Formulas as terminal text."""

from __future__ import annotations

import re

import pytest

from lessons.formulas.mathtext import MathError, render, spoken
from lessons.loading.loader import load_course

_UNIT_1 = r"""
$2\times3\times3$ $[0,1)$ $\lambda^2-(a+d)\lambda+(ad-bc)$ $\begin{pmatrix}a&b\\c&d\end{pmatrix}$ $\sqrt{400/3}$
$(a+d)^2-4(ad-bc)=(a-d)^2+4bc\ge 0$ $1-1/\sqrt2$ $10^5$ $100\times2\times2$ $\partial z/\partial x$ $-\sin x$
$0.6\sum_k1.4^k$ $2e\approx 5.4366$ $P(k)=0.3\cdot0.7^k$ $s=\text{detach}((x_0+x_1)^2)$ $x\sim N(0,1)$ $dz/dx=2x+1$
$y=x_0x_1\Rightarrow\nabla y=(x_1,x_0)$ $z=(x_0+x_1)^2+(y_0+y_1)^3+x_0+y_1$ $z=2^{1+k}x$ $d^2z/dx^2$
"""
UNIT_1 = re.findall(r"\$([^$]+)\$", _UNIT_1)


@pytest.mark.parametrize("latex", UNIT_1)
def test_the_formulas_of_the_first_unit(latex: str) -> None:
    line = render(latex, display=False)
    assert line and "\n" not in line and "\\" not in line
    assert render(latex, display=True).strip()
    assert re.fullmatch(r"[^\\{}^]+", spoken(latex))


def test_every_formula_of_the_course() -> None:
    for lesson in load_course().lessons:
        texts = [path.read_text(encoding="utf-8") for path in (lesson.path).rglob("*.md")]
        for text in texts:
            for display, latex in re.findall(r"(\$\$?)([^$]+)\1", re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.S)):
                assert render(latex, display == "$$")


@pytest.mark.parametrize(
    ("latex", "line"),
    [
        (r"x_1", "x₁"),
        (r"x^2", "x²"),
        (r"2\times3", "2 × 3"),
        (r"x_{i,j}", "x_(i,j)"),
        (r"x^{(i)}", "x⁽ⁱ⁾"),
        (r"\frac{1}{2}", "1/2"),
        (r"\frac{x_i-\mu_B}{\sqrt{\sigma_B^2+\epsilon}}", "(xᵢ − μ_B)/√(σ_B² + ε)"),
        (r"W^\top x", "Wᵀx"),
        (r"\hat{x}_i", "x̂ᵢ"),
        (r"\log p", "log p"),
        (r"\operatorname{softmax}(z)", "softmax(z)"),
        (r"\lVert x\rVert_2", "‖x‖₂"),
        (r"|x_0| < \|x\|", "|x₀| < ‖x‖"),
        (r"\mathbb{R}^d", "ℝᵈ"),
        (r"\boldsymbol{w}\cdot\mathbf{x}", "w · x"),
        (r"(-1,)", "(−1,)"),
        (r"a-b", "a − b"),
        (r"\{0,1\}", "{0, 1}"),
        (r"\sum_{i=1}^{n} x_i", "∑ᵢ₌₁ⁿxᵢ"),
        (r"\begin{cases}1&x>0\\0&\text{else}\end{cases}", "{1, x > 0; 0, else}"),
        (r"f: \quad x \mapsto x'", "f : x ↦ x′"),
        (r"\sqrt[3]{x}", "∛x"),
        (r"\left(\frac{a}{b}\right)^2", "(a/b)²"),
        (r"\frac{a}{b}^2", "(a/b)²"),
        (r"\frac{\lambda}{2} b^2", "λ/2 · b²"),  # and no b below
        (r"\frac{\gamma}{2 s^2}", "γ/(2s²)"),
        (r"\frac{y - t}{y (1 - y)} x_0", "(y − t)/(y(1 − y)) · x₀"),
        (r"\frac{\partial H}{\partial y} \frac{\partial y}{\partial z}", "∂H/∂y · ∂y/∂z"),
        (r"\frac{\partial C}{\partial w_{p,q}} = - n L \frac{dx}{dt}", "∂C/∂w_(p,q) = −nL · dx/dt"),
        (r"\frac1N \sum_k (b - y_k)", "1/N · ∑ₖ(b − yₖ)"),
        (r"\log \frac{y}{1 - y}", "log(y/(1 − y))"),
        (r"\frac{1}{2} (a + b) + \frac12", "1/2 · (a + b) + 1/2"),
        (r"\sqrt{2n} \frac{1}{\sqrt n}", "√(2n) · 1/√n"),
        (r"\sum_k \frac{1}{k}", "∑ₖ1/k"),
    ],
)
def test_a_line(latex: str, line: str) -> None:
    assert render(latex, display=False) == line


def test_a_block() -> None:
    assert render(r"\mu = \frac{1}{m}\sum_{i=1}^{m} x_i", display=True).splitlines() == [
        "      ₘ",
        "   1 ┰─╴",
        "μ=╶─╴▐╸ xᵢ",
        "   m ┸─╴",
        "     ⁱ⁼¹",
    ]
    for latex in (r"\operatorname{tr} A", r"\lVert x\rVert", r"\boldsymbol{x}", r"\overline{x}", r"\binom{n}{k}"):
        assert "?" not in render(latex, display=True)


@pytest.mark.parametrize(
    "latex", [r"\foo", r"x_{", r"\frac{1}", r"}", r"\begin{x}\end{x}", r"\left( x", r"\begin{pmatrix}1"]
)
@pytest.mark.parametrize("display", [False, True])
def test_what_cannot_be_shown_is_an_error(latex: str, display: bool) -> None:
    with pytest.raises(MathError):
        render(latex, display)
    with pytest.raises(MathError):
        spoken(latex)


@pytest.mark.parametrize(
    ("latex", "words"),
    [
        (r"x_i^2", "x sub i squared"),
        (r"\frac{1}{m}\sum_{i=1}^{m} x_i", "1 over m the sum over i equals 1 up to m of x sub i"),
        (r"\sqrt{x}", "the square root of x"),
        (r"W^{-1}", "W inverse"),
        (r"x\in\mathbb{R}^d", "x in the reals to the power d"),
        (r"2\times3", "2 times 3"),
        (r"\frac{a+b}{c}", "the fraction a plus b over c, end of fraction,"),
    ],
)
def test_said_aloud(latex: str, words: str) -> None:
    assert spoken(latex) == words
