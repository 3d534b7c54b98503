"""What an editor does to lines of Python: indentation, comments and brackets, as functions of text."""

from __future__ import annotations

import io
import re
import tokenize
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

USUAL = "    "
"""A level of indentation where a file has none of its own."""
PAIRS = {"(": ")", "[": "]", "{": "}", '"': '"', "'": "'"}
"""What is typed -> what closes it."""
Change = Callable[[Sequence[str], str], list[str]]
"""What is done to lines of a file with this level of indentation."""
LEAVES = re.compile(r"(return|raise|pass|break|continue)\b")
"""What is the last line of its block."""


def level_of(text: str) -> str:
    """One level of a file's own indentation: a tab, or as many spaces as its blocks are indented by most often."""
    steps: Counter[str] = Counter()
    before = ""
    for line in text.splitlines():
        if line.strip():
            indent = indent_of(line)
            if len(indent) > len(before) and indent.startswith(before):
                steps[indent[len(before) :]] += 1
            before = indent
    levels = ("\t", *(" " * width for width in (2, 3, 4, 8)))
    return next((step for step, _ in steps.most_common() if step in levels), USUAL)


def indent_of(line: str) -> str:
    """What stands before the first character of a line that is no blank."""
    return line[: len(line) - len(line.lstrip(" \t"))]


def new_line(before: str, level: str) -> str:
    """The indentation of the line after `before`, which is the line up to the cursor."""
    indent = indent_of(before)
    code, opened = _code(before)
    if opened or code.endswith(":"):
        return indent + level
    if LEAVES.match(code.lstrip()):
        return _less(indent, level)
    return indent


def _code(line: str) -> tuple[str, bool]:
    """A line without its comment, and whether it leaves a bracket open."""
    depth, end = 0, len(line)
    try:
        for token in tokenize.generate_tokens(io.StringIO(line.lstrip()).readline):
            if token.type == tokenize.COMMENT:
                end = token.start[1] + len(indent_of(line))
            elif token.type == tokenize.OP and token.string in "([{":
                depth += 1
            elif token.type == tokenize.OP and token.string in ")]}":
                depth -= 1
    except (tokenize.TokenError, IndentationError, SyntaxError):
        pass  # the line goes on below, or is not finished yet
    return line[:end].rstrip(), depth > 0


def indented(lines: Sequence[str], level: str) -> list[str]:
    """The lines a level deeper; empty ones stay empty."""
    return [level + line if line.strip() else line for line in lines]


def dedented(lines: Sequence[str], level: str) -> list[str]:
    """The lines a level less deep, also those that hold nothing yet but their indentation."""
    return [_less(indent_of(line), level) + line.lstrip(" \t") for line in lines]


def _less(indent: str, level: str) -> str:
    if indent.endswith(level):
        return indent[: -len(level)]
    if indent.endswith("\t"):
        return indent[:-1]
    return indent[: max(0, len(indent) - len(level))]


def commented(lines: Sequence[str]) -> list[str]:
    """The lines as comments; where all of them are, without the sign."""
    full = [line for line in lines if line.strip()]
    if full and all(line.lstrip().startswith("#") for line in full):
        return [re.sub(r"^([ \t]*)# ?", r"\1", line) for line in lines]
    depth = min((indent_of(line) for line in full), key=len, default="")
    return [f"{depth}# {line[len(depth) :]}" if line.strip() else line for line in lines]


def opens(typed: str, line: str, column: int) -> bool:
    """Whether what closes `typed` is to be added: before a blank or what closes, and no quote after a word."""
    before, after = line[:column], line[column:]
    if after and not (after[0].isspace() or after[0] in ")]},:;"):
        return False
    if typed in "\"'":
        return not re.search(r"""[\w"']$""", re.sub(r"(?<!\w)[rRbBuUfF]{1,2}$", "", before)) and not _in_text(before)
    return not _in_text(before)


def _in_text(before: str) -> bool:
    """Whether a text or a comment is open at the end of this piece of a line."""
    quote = ""
    escaped = False
    for character in before:
        if quote:
            if not escaped and character == quote:
                quote = ""
            escaped = character == "\\" and not escaped
        elif character in "\"'":
            quote, escaped = character, False
        elif character == "#":
            return True
    return bool(quote)


def moved(marks: Iterable[int], before: Sequence[str], after: Sequence[str]) -> set[int]:
    """Where marked lines are when a text has changed. Rows count from 0; a line that is gone has no mark any more."""
    shortest = min(len(before), len(after))
    top = next((row for row in range(shortest) if before[row] != after[row]), shortest)
    most = shortest - top
    bottom = next((row for row in range(most) if before[-1 - row] != after[-1 - row]), most)
    shift = len(after) - len(before)
    kept = set()
    for row in marks:
        if row < top or (row < len(before) - bottom and row < len(after) - bottom):
            kept.add(row)
        elif row >= len(before) - bottom:
            kept.add(row + shift)
    return kept


def found(text: str, words: str) -> list[int]:
    """Where words stand in a text, whatever their case; offsets of characters."""
    if not words:
        return []
    return [match.start() for match in re.finditer(re.escape(words), text, re.IGNORECASE)]
