"""What is shown after an exercise is passed, or given up: the reference's code and its alternatives, as text.

Nothing is run: the functions are cut out of `reference.py` by their place in the file.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

from grader.questions.answers import ask, written
from grader.questions.sampling import sample
from lessons.edit import Edit, EditError, edit_of, edited
from lessons.loading.source import text_of
from lessons.schema import RUN_KINDS, Exercise, Part

JUDGING = {"cases", "check", "mistake"}


@dataclass(frozen=True)
class Solution:
    """The way the course solves an exercise."""

    code: str
    alternatives: tuple[str, ...]
    answers: tuple[tuple[str, str], ...]
    """Part and right answer, for parts that take a value."""


def solution(exercise: Exercise, nonces: dict[str, int] | None = None) -> Solution:
    """The solution; `nonces` say which numbers the learner's questions have. Raises LessonError, QuestionFault."""
    code, alternatives = "", []
    if source := text_of(exercise.reference):
        plain = []
        for node in ast.parse(source).body:
            marks = _marks(node)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                continue
            if isinstance(node, ast.ImportFrom) and node.module == "grader.spec":
                continue
            if isinstance(node, ast.ImportFrom) and node.module == "__future__":
                continue
            if (edit := edit_of(node)) and edit.kind == "alternative":
                alternatives += _changed(exercise, source, edit)
            elif "alternative" in marks:
                alternatives.append(_text(source, node, decorated=False))
            elif not marks & JUDGING:
                plain.append((node, _text(source, node, decorated=True)))
        code = "\n".join(_needed(exercise, plain))
    answers = tuple(
        (part.id, _answer(exercise, part, (nonces or {}).get(part.id)))
        for part in exercise.parts
        if part.kind not in RUN_KINDS
    )
    return Solution(code.strip() + "\n" if code else "", tuple(alternatives), answers)


def _changed(exercise: Exercise, source: str, edit: Edit) -> list[str]:
    """An alternative that is written as a change: its text. None where the change is at fault, which lint says."""
    entry = next((part.entry for part in exercise.parts if part.entry and edit.part in (part.id, None)), "")
    try:
        return [edited(source, entry, edit.of or entry, edit.replace).code]
    except EditError:
        return []


def _marks(node: ast.stmt) -> set[str]:
    found = set()
    for decorator in getattr(node, "decorator_list", []):
        called = decorator.func if isinstance(decorator, ast.Call) else decorator
        if isinstance(called, ast.Name):
            found.add(called.id)
    return found


def _text(source: str, node: ast.stmt, *, decorated: bool) -> str:
    first = node.lineno
    if decorated and getattr(node, "decorator_list", []):
        first = node.decorator_list[0].lineno  # type: ignore[attr-defined]
    lines = source.splitlines()[first - 1 : node.end_lineno]
    return "\n".join(lines) + "\n"


def _needed(exercise: Exercise, plain: list[tuple[ast.stmt, str]]) -> list[str]:
    """The entries, what the starter has beside them, and what these use: judging helpers stay out."""
    wanted = {part.entry for part in exercise.parts if part.entry}
    starter = ast.parse(exercise.starter)
    wanted |= {node.name for node in starter.body if isinstance(node, ast.FunctionDef | ast.ClassDef)}
    defined = {name: node for node, _ in plain for name in _names(node)}
    todo = [name for name in wanted if name in defined]
    needed: set[str] = set()
    while todo:
        name = todo.pop()
        if name in needed:
            continue
        needed.add(name)
        used = {inner.id for inner in ast.walk(defined[name]) if isinstance(inner, ast.Name)}
        todo += [other for other in used if other in defined]
    texts = []
    for node, text in plain:
        if set(_names(node)) & needed:
            gap = "\n" if isinstance(node, ast.FunctionDef | ast.ClassDef) else ""
            texts.append(f"{gap}{text.rstrip()}" + gap)
    return texts


def _names(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return [node.name]
    if isinstance(node, ast.Import | ast.ImportFrom):
        return [(alias.asname or alias.name).split(".")[0] for alias in node.names]
    if isinstance(node, ast.Assign):
        return [target.id for target in node.targets if isinstance(target, ast.Name)]
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return [node.target.id]
    return []


def _answer(exercise: Exercise, part: Part, nonce: int | None) -> str:
    if part.kind == "formula":
        return part.formula or ""
    if part.kind != "numeric":
        right = "; ".join(option.text.strip() for option in part.options if option.right)
        return "\n".join(text for text in (right, (part.model_answer or "").strip()) if text)
    if nonce is None:
        return "open the question first: its numbers are drawn for you"
    asked, question = ask(exercise, part, nonce), sample(exercise, part, nonce)
    if isinstance(question.answer, dict):
        return ", ".join(f"{row} = {written(answer)}" for row, answer in question.answer.items())
    return f"{written(question.answer)} ({asked.text})"
