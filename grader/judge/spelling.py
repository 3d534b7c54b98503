"""How the task writes a call: the names that the reference gives to what it is called with."""

from __future__ import annotations

import inspect
from typing import Any

from grader.spec.script import Case, Handle, Step

CALLS = frozenset({"call", "new", "method", "gradient"})


def spell(case: Case, namespace: dict[str, Any]) -> None:
    """Says at each step of a case that calls something how that call is written."""
    made: dict[int, str] = {}
    for step in case.steps:
        if step.op == "new" and isinstance(step.target, str):
            made[step.number] = step.target
        if step.op in CALLS:
            step.spelled = _spelled(step, case, namespace, made)


def _spelled(step: Step, case: Case, namespace: dict[str, Any], made: dict[int, str]) -> str:
    args = step.args[2:] if step.op == "gradient" else step.args
    if isinstance(step.target, Handle):
        name = made.get(step.target.number, "")
        word = step.names[0] if step.op == "method" else _lower(name)
        function = _called(namespace.get(name), step.names[0] if step.op == "method" else "")
    else:
        word, function = str(step.target), namespace.get(str(step.target))
    names = _names(function, isinstance(step.target, Handle))
    if len(names) < len(args):
        inputs = [one for one in case.inputs if one.isidentifier()]
        names = inputs if len(inputs) >= len(args) else [f"argument {i + 1}" for i in range(len(args))]
    words = [*names[: len(args)], *(f"{name}=..." for name in step.kwargs)]
    return f"{word}({', '.join(words)})"


def _lower(name: str) -> str:
    """What an object of a class is called."""
    return name.lower() or "it"


def _called(kind: Any, method: str) -> Any:
    """The function of a class that a call of its object runs, or the method of that name."""
    return getattr(kind, method or ("forward" if hasattr(kind, "forward") else "__call__"), None)


def _names(function: Any, bound: bool) -> list[str]:
    """The names of what is passed by position; of a class, to its constructor."""
    try:
        parameters = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        return []
    names = [one.name for one in parameters if one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD)]
    return names[1:] if bound else names
