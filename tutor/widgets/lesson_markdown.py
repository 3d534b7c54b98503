"""Markdown with formulas, as lessons, prompts and hints are written."""

from __future__ import annotations

import functools
from collections.abc import Iterable

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token
from mdit_py_plugins.dollarmath import dollarmath_plugin
from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.content import Content
from textual.widgets import Markdown
from textual.widgets.markdown import MarkdownBlock, MarkdownFence

from lessons.formulas import mathtext
from tutor.widgets.code_lines import CodeLines
from tutor.widgets.lesson_table import LessonTable


class Fence(MarkdownFence):
    """A block of code: no line of it is cut."""

    def compose(self) -> ComposeResult:
        yield CodeLines(self._highlighted_code, id="code-content")

    def set_content(self, content: Content) -> None:
        self._content = content
        for lines in self.query(CodeLines):
            lines.update(content)


class LessonMarkdown(Markdown):
    """Markdown in which `$..$` and `$$..$$` are formulas."""

    def __init__(self, text: str = "", *, id: str | None = None, classes: str | None = None) -> None:
        super().__init__(id=id, classes=classes, parser_factory=parser, open_links=False)
        self._markdown = text

    def compose(self) -> ComposeResult:
        """Its blocks come with it; Textual's own widget parses in a thread, and all around it is laid out once more."""
        self._theme = self.app.theme
        yield from self._build_from_source(self.source)

    def update(self, markdown: str) -> AwaitComplete:
        """Shows another text."""
        return super().update(markdown) if self.is_mounted else AwaitComplete()

    BLOCKS = {**Markdown.BLOCKS, "fence": Fence, "code_block": Fence, "table_open": LessonTable}

    def _parse_markdown(self, tokens: Iterable[Token]) -> Iterable[MarkdownBlock]:
        """Marks the last block, below which nothing is left free: what comes next has its own room."""
        blocks = list(super()._parse_markdown(tokens))
        if blocks:
            blocks[-1].add_class("last", update=False)
        return blocks

    def unhandled_token(self, token: Token) -> MarkdownBlock | None:
        return FormulaBlock(self, token) if token.type == "math_block" else None


class FormulaBlock(MarkdownBlock):
    """A formula on lines of its own."""

    def __init__(self, markdown: Markdown, token: Token) -> None:
        super().__init__(markdown, token)
        self.set_content(Content(formula(token.content, display=True)))


@functools.cache
def parser() -> MarkdownIt:
    """The parser of lessons; it keeps nothing of what it parses."""
    parser = MarkdownIt("gfm-like", {"linkify": False}).use(dollarmath_plugin, double_inline=True)
    parser.core.ruler.push("formulas", _formulas)
    parser.core.ruler.push("addresses", _addresses)
    return parser


def _formulas(state: StateCore) -> None:
    # Textual drops inline tokens that it does not know; as code they stay, and stand out a little.
    for token in state.tokens:
        for child in token.children or ():
            if child.type in ("math_inline", "math_inline_double"):
                child.type, child.content = "code_inline", formula(child.content, display=False)


def _addresses(state: StateCore) -> None:
    # A terminal need not be able to open a link; an address that can be read can also be copied.
    for token in state.tokens:
        if token.children is None or not any(child.type == "link_open" for child in token.children):
            continue
        children: list[Token] = []
        open_links: list[tuple[str, int]] = []
        for child in token.children:
            children.append(child)
            if child.type == "link_open":
                open_links.append((str(child.attrGet("href") or ""), len(children)))
            elif child.type == "link_close" and open_links:
                address, start = open_links.pop()
                if "".join(one.content for one in children[start:]) != address:
                    children.append(Token("text", "", 0, content=f" ({address})"))
        token.children = children


def formula(latex: str, display: bool) -> str:
    """The formula as text; one that cannot be shown stays LaTeX, which many can read."""
    try:
        return mathtext.render(latex.strip(), display)
    except mathtext.MathError:
        return latex.strip()
