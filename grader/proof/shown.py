"""What a learner is shown in the end, as a file that could be handed in: it must be a right answer."""

from __future__ import annotations

import ast
import re

from lessons.schema import RUN_KINDS, Exercise

BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)


def last_hints(exercise: Exercise) -> str | None:
    """The starter with what the last hints of its parts show; None where a part's has no code block, or several."""
    source = exercise.starter
    for part in exercise.parts:
        if part.kind not in RUN_KINDS:
            continue
        blocks = [BLOCK.findall(hint.text) for hint in part.hints if hint.solution]
        if len(blocks) != 1 or len(blocks[0]) != 1 or part.entry is None:
            return None
        filled = _filled(source, blocks[0][0], part.entry)
        if filled is None:
            return None
        source = filled
    return source


def _filled(source: str, block: str, entry: str) -> str | None:
    """A file in which a block of code stands in the place of what it defines; None where one of them does not parse."""
    try:
        defined = {getattr(node, "name", None) for node in ast.parse(block).body}
        body = ast.parse(source).body
    except SyntaxError:
        return None
    lines = source.splitlines()
    for node in reversed(body):
        name = getattr(node, "name", None)
        if name is not None and (name in defined or name == entry) and node.end_lineno is not None:
            first = min([node.lineno, *(one.lineno for one in getattr(node, "decorator_list", []))])
            lines[first - 1 : node.end_lineno] = block.splitlines() if name == entry else []
    return "\n".join(lines) + "\n"
