"""What the learner reads: cards of one screen, formulas that can be shown, no identifiers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from lessons.lint.rules.problem import Problem, part_at, problem
from lessons.loading.screen import LINES, fits, height
from lessons.loading.source import Source, read
from lessons.loading.text import FENCE, read_lesson
from lessons.schema import Course, Exercise, Prose

CARD_BYTES = 2048
FORMULA = re.compile(r"\$\$(.+?)\$\$|(?<![\\$\w])\$(?![\s$])([^$\n]+?)(?<![\s\\])\$(?![\w$])", re.DOTALL)
CODE_SPAN = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
IDENTIFIER = re.compile(r"\b[EDN]\d+[a-z]?\.\d+(\.\d+)*[a-z]?\b")

Render = Callable[[str], str]


def cards(course: Course) -> Iterator[Problem]:
    """The text of a card, its code blocks left out, is not longer than a screen."""
    for lesson in course.lessons:
        text = read_lesson(lesson.path / "lesson.md")
        for card, mark in zip(text.cards, text.card_marks, strict=True):
            prose = "\n".join(block.text for block in card.blocks if isinstance(block, Prose))
            size = len(re.sub(r"\n\s*\n", "\n\n", _without_blocks(prose)).strip().encode())
            if size > CARD_BYTES:
                message = f"the card `{card.title}` has {size} bytes of text, and {CARD_BYTES} fit on a screen"
                yield Problem(text.path, *mark, "cards", message)


def screen(course: Course) -> Iterator[Problem]:
    """A card is not higher than a screen. The code of its demos does not count: it is folded where it does not fit."""
    for lesson in course.lessons:
        text = read_lesson(lesson.path / "lesson.md")
        for card, mark in zip(text.cards, text.card_marks, strict=True):
            if not fits(card, {}):
                message = f"the card `{card.title}` takes {height(card, {})} lines, and {LINES} fit on a screen"
                yield Problem(text.path, *mark, "screen", message)


def lesson_text(course: Course, render: Render | None) -> Iterator[Problem]:
    """The formulas and words of the lessons' texts."""
    for lesson in course.lessons:
        path = lesson.path / "lesson.md"
        yield from _markdown(path.read_text(encoding="utf-8"), path, render)


def glossary_text(course: Course, render: Render | None) -> Iterator[Problem]:
    """The formulas and words of the glossary."""
    if not course.glossary:
        return
    source = read(course.path / "glossary.yaml")
    for id, entry in course.glossary.items():
        at = ("terms", id, "definition")
        for _, _, rule, message in _complaints(entry.definition, render):
            yield problem(rule, source, at, message)


def exercise_text(exercise: Exercise, source: Source, render: Render | None) -> Iterator[Problem]:
    """The formulas and words of a prompt, and of the texts in exercise.yaml."""
    prompt = exercise.folder / "prompt.md"
    if prompt.is_file():
        yield from _markdown(prompt.read_text(encoding="utf-8"), prompt, render)
    for at, value in _texts(source.data, ()):
        if at[-1] in ("text", "why", "title", "model_answer", "ask", "after") or "rubric" in at:
            mark = source.mark(at)
            for _, _, rule, message in _complaints(value, render):
                yield Problem(source.path, *mark, rule, message, part_at(source, at))


def _markdown(text: str, path: Path, render: Render | None) -> Iterator[Problem]:
    for line, column, rule, message in _complaints(text, render):
        yield Problem(path, line, column, rule, message)


def _complaints(text: str, render: Render | None) -> Iterator[tuple[int, int, str, str]]:
    for found in IDENTIFIER.finditer(text):
        yield *_place(text, found.start()), "identifiers", f"`{found[0]}` means nothing to a learner"
    if render is None:
        return
    plain = CODE_SPAN.sub(lambda code: re.sub(r"[^\n]", " ", code[0]), _without_blocks(text))
    for found in FORMULA.finditer(plain):
        formula = (found[1] or found[2]).strip()
        try:
            shown = render(formula)
        except Exception as error:
            complaint = str(error) or type(error).__name__
        else:
            complaint = "" if shown.strip() else "nothing comes out"
        if complaint:
            message = f"the formula `{formula}` cannot be shown: {complaint}"
            yield *_place(text, found.start()), "formulas", message


def _place(text: str, index: int) -> tuple[int, int]:
    return text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index)


def _without_blocks(text: str) -> str:
    """The text with the lines of its code blocks emptied, so that places stay."""
    lines, marker = [], ""
    for line in text.split("\n"):
        fence = FENCE.fullmatch(line)
        if marker:
            lines.append("")
            if fence and fence[1].startswith(marker) and not fence[2]:
                marker = ""
        elif fence:
            marker = fence[1]
            lines.append("")
        else:
            lines.append(line)
    return "\n".join(lines)


def _texts(data: object, at: tuple[str | int, ...]) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(data, str):
        yield at, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _texts(value, (*at, key))
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _texts(value, (*at, number))
