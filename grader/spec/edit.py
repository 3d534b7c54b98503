"""Answers that are a small change of the reference, of which only the change is written."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from grader.spec.marks import AlternativeMark, MistakeMark

Pair = tuple[str, str]


@dataclass(frozen=True)
class Edit:
    """A change as it was declared. The judge makes the answer, once the whole reference has run."""

    name: str
    mark: MistakeMark | AlternativeMark
    of: Callable[..., Any] | None
    replace: tuple[Pair, ...]
    line: int

    @property
    def bound(self) -> str:
        """The name of the answer in the reference, which `lessons.edit` reads off the text; no identifier."""
        return f"edit {self.name}" + (f" of {self.mark.part}" if self.mark.part else "")


def edit(
    name: str,
    message: str,
    *,
    hint: str,
    replace: Pair | list[Pair],
    of: Callable[..., Any] | None = None,
    part: str | None = None,
    when: Callable[[Any, Any, Any], bool] | None = None,
) -> Edit:
    """Declares a mistake that is a small change of the reference. Called at the top level of `reference.py`.

    replace: (old, new), or a list of such pairs. Each old text occurs exactly once in the text of `of`.
    of: a function or class of the file, by default the part's entry. What the entry uses may be changed too: the
        answer is the entry as it is with the change. Where the entry does not use `of`, the changed `of` is the answer.
    name, message, hint, part, when: as for `mistake`.
    """
    return _declared(name, MistakeMark(name, message, hint, part, when), of, replace)


def edit_alternative(
    name: str,
    *,
    replace: Pair | list[Pair],
    of: Callable[..., Any] | None = None,
    part: str | None = None,
) -> Edit:
    """Declares another right answer that is a small change of the reference, like `edit`."""
    return _declared(name, AlternativeMark(part, accept=False), of, replace)


def _declared(
    name: str, mark: MistakeMark | AlternativeMark, of: Callable[..., Any] | None, replace: Pair | list[Pair]
) -> Edit:
    pairs = tuple(replace) if isinstance(replace, list) else (replace,)
    if not pairs or not all(isinstance(pair, tuple) and [type(text) for text in pair] == [str, str] for pair in pairs):
        raise TypeError(f"{name}: `replace` is (old, new), two texts, or a list of such pairs")
    if of is not None and not callable(of):
        raise TypeError(f"{name}: `of` is a function or class of this file, and not its name")
    caller = sys._getframe(2)
    declared = Edit(name, mark, of, pairs, caller.f_lineno)
    if declared.bound in caller.f_globals:
        raise ValueError(f"there are two edits of the name {name!r}: give each its own")
    caller.f_globals[declared.bound] = declared  # its place among the reference's names is its place in the file
    return declared
