"""Answers that are a small change of the reference: the `edit` calls of a `reference.py`, read off its text, and the
code that comes of a change. Nothing is run here.
"""

from __future__ import annotations

import ast
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from lessons.error import did_you_mean

MARKS = ("cases", "check", "forall", "alternative", "mistake")
"""The decorators by which a reference says what its functions are."""
CALLS = {"edit": "mistake", "edit_alternative": "alternative"}

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
Pairs = tuple[tuple[str, str], ...]


class EditError(Exception):
    """A change that cannot be made: the message says why, and what to do."""


class Edit(NamedTuple):
    """A call of `edit` or `edit_alternative`."""

    kind: str
    """"mistake" or "alternative"."""
    name: str
    part: str | None
    hint: str
    of: str | None
    """What is changed; None for the part's entry."""
    replace: Pairs
    """Empty where the call does not hold the texts themselves."""
    line: int
    column: int

    @property
    def bound(self) -> str:
        """The name of the answer in the reference, as `grader.spec.edit` binds it."""
        return f"edit {self.name}" + (f" of {self.part}" if self.part else "")


class Edited(NamedTuple):
    """The code of a changed answer: definitions to be run in a copy of the reference's names."""

    code: str
    answer: str
    """Which of the definitions is the answer."""


def edit_of(statement: ast.stmt) -> Edit | None:
    """The edit that a statement declares, by itself or with a name assigned to it."""
    call = statement.value if isinstance(statement, ast.Expr | ast.Assign) else None
    return edit_in(call) if call is not None else None


def edit_in(node: ast.AST) -> Edit | None:
    """The edit that a node calls for."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.func.id not in CALLS:
        return None
    words = {word.arg: word.value for word in node.keywords}
    of = words.get("of")
    return Edit(
        kind=CALLS[node.func.id],
        name=_text(node.args[0]) if node.args else "",
        part=_text(words["part"]) if "part" in words else None,
        hint=_text(words["hint"]) if "hint" in words else "",
        of=ast.unparse(of) if of is not None else None,
        replace=_pairs(words["replace"]) if "replace" in words else (),
        line=node.lineno,
        column=node.col_offset + 1,
    )


def edited(source: str, entry: str, of: str, replace: Pairs) -> Edited:
    """The entry with a change in `of`, which it uses or is; where it is neither, `of` with the change is the answer.

    source: the text of `reference.py`. Raises EditError.
    """
    definitions = _definitions(source)
    if of not in definitions:
        raise EditError(f"no function or class `{of}` is defined here. {did_you_mean(of, list(definitions))}".rstrip())
    return redefined(source, entry, of, changed(_lines(source, definitions[of]), of, replace))


def redefined(source: str, entry: str, of: str, text: str) -> Edited:
    """The entry with another `text` of the definition `of`.

    What stands between `of` and the entry is defined anew with it, so that nothing calls what it was before.
    """
    definitions = _definitions(source)
    used = reached(source, entry)
    answer = entry if of in used else of
    anew = {name for name in used if of in reached(source, name)} if of in used else {of}
    texts = []
    for name, node in definitions.items():
        if name in anew:
            texts += [_lines(source, one) for one in node.decorator_list if called(one) not in MARKS]
            texts.append((text if name == of else _lines(source, node)) + "\n\n")
    return Edited("\n".join(texts).strip() + "\n", answer)


def changed(text: str, of: str, replace: Pairs) -> str:
    """The text of a definition with each pair replaced. Raises EditError."""
    places = []
    for old, new in replace:
        count = text.count(old) if old else 0
        if count == 0:
            raise EditError(f"`{old}` does not occur in `{of}`: copy it from there, spaces included")
        if count > 1:
            raise EditError(f"`{old}` occurs {count} times in `{of}`: take so much of the text that it occurs once")
        places.append((text.index(old), old, new))
    places.sort()
    for (start, old, _), (following, other, _) in pairwise(places):
        if start + len(old) > following:
            raise EditError(f"`{old}` and `{other}` overlap in `{of}`: make one change of the two")
    for start, old, new in reversed(places):
        text = text[:start] + new + text[start + len(old) :]
    try:
        compile(text, of, "exec", dont_inherit=True)
    except (SyntaxError, ValueError) as error:
        line = (error.text or "").strip() if isinstance(error, SyntaxError) else ""
        raise EditError(f"with this change `{of}` does not compile: {error.args[0]}, at `{line}`") from error
    if [getattr(node, "name", None) for node in ast.parse(text).body] != [of]:
        raise EditError(f"the change must leave one function or class of the name `{of}`")
    return text


@lru_cache(maxsize=4)
def _definitions(source: str) -> dict[str, Definition]:
    return {node.name: node for node in ast.parse(source).body if isinstance(node, Definition)}


def reached(source: str, start: str) -> dict[str, Definition]:
    """A definition of a file and those that it uses, itself or through others, in the order of the file."""
    definitions = _definitions(source)
    todo, found = [start], set[str]()
    while todo:
        name = todo.pop()
        if name in definitions and name not in found:
            found.add(name)
            todo += [inner.id for inner in ast.walk(definitions[name]) if isinstance(inner, ast.Name)]
    return {name: node for name, node in definitions.items() if name in found}


def _lines(source: str, node: Definition | ast.expr) -> str:
    """The lines of a definition without its decorators, or of a decorator."""
    return "\n".join(source.split("\n")[node.lineno - 1 : node.end_lineno])


def called(decorator: ast.expr) -> str:
    """The name of a decorator, called or not."""
    function = decorator.func if isinstance(decorator, ast.Call) else decorator
    return function.id if isinstance(function, ast.Name) else ""


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _pairs(node: ast.expr) -> Pairs:
    try:
        value = ast.literal_eval(node)
    except ValueError:
        return ()
    pairs = tuple(value) if isinstance(value, list) else (value,)
    sound = all(isinstance(pair, tuple) and [type(text) for text in pair] == [str, str] for pair in pairs)
    return pairs if sound else ()
