"""Answers that are written as a change of the reference: whether the change can be made."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from lessons.edit import Edit, EditError, edit_in, edit_of, edited
from lessons.lint.rules.code import parsed, run_parts
from lessons.lint.rules.problem import Problem
from lessons.schema import Exercise


def edits(exercise: Exercise) -> Iterator[Problem]:
    """Each text to be replaced occurs once in what it is a text of, and what comes of it compiles."""
    path, tree = exercise.reference, parsed(exercise.reference)
    if tree is None:
        return
    source = path.read_text(encoding="utf-8")
    entries = {part.id: part.entry or "" for part in run_parts(exercise)}
    declared = [edit for edit in map(edit_of, tree.body) if edit]
    for edit in declared:
        part = edit.part or (next(iter(entries)) if len(entries) == 1 else "")
        if part in entries and (message := _wrong(edit, source, entries[part])):
            yield Problem(path, edit.line, edit.column, "edit", message, part)
    places = {(edit.line, edit.column) for edit in declared}
    for hidden in map(edit_in, ast.walk(tree)):
        if hidden and (hidden.line, hidden.column) not in places:
            message = "an edit is read only where it stands by itself, at the top level of the file"
            yield Problem(path, hidden.line, hidden.column, "edit", message)


def _wrong(edit: Edit, source: str, entry: str) -> str:
    """What is wrong with an edit; empty where nothing is."""
    if not edit.name:
        return "an edit begins with its name, a text"
    if not edit.replace:
        return f"{edit.name}: `replace` is (old, new), two texts, or a list of such pairs"
    try:
        edited(source, entry, edit.of or entry, edit.replace)
    except EditError as error:
        return f"{edit.name}: {error}"
    return ""
