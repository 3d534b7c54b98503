"""How the task writes a call: the names that the reference gives to what it is called with."""

from __future__ import annotations

import inspect
from typing import Any

from grader.spec.inputs import Fixture, Handle
from grader.spec.labels import numbered
from grader.spec.script import Case, Step

CALLS = frozenset({"call", "new", "method", "gradient"})


def spell(case: Case, namespace: dict[str, Any]) -> None:
    """Says at each step of a case that calls something how that call is written, and what its arguments are called.

    Inputs of the case that its author has passed without a name get the reference's.
    """
    made: dict[int, str] = {}
    for step in case.steps:
        if step.op in ("new", "call") and isinstance(step.target, str):
            made[step.number] = step.target
        if step.op in CALLS:
            _write(step, case, namespace, made)
    if not case.scripted:
        named = {numbered(i): name for i, name in enumerate(case.steps[0].argument_names) if name not in case.inputs}
        case.inputs = {named.get(name, name): value for name, value in case.inputs.items()}


def _write(step: Step, case: Case, namespace: dict[str, Any], made: dict[int, str]) -> None:
    args = step.args[2:] if step.op == "gradient" else step.args
    if isinstance(step.target, Handle):
        name = made.get(step.target.number, "")
        word = step.names[0] if step.op == "method" else _result(name, namespace.get(name))
        function = _called(namespace.get(name), step.names[0] if step.op == "method" else "")
    else:
        word = step.target.name if isinstance(step.target, Fixture) else str(step.target)
        function = namespace.get(word)
    names = _names(function, isinstance(step.target, Handle))
    if len(names) < len(args):
        inputs = [] if case.scripted else [one for one in case.inputs if one.isidentifier()]
        names = inputs if len(inputs) >= len(args) else []
    step.argument_names = tuple(names[: len(args)])
    words = [*(step.argument_names or map(numbered, range(len(args)))), *(f"{name}=..." for name in step.kwargs)]
    step.spelled = f"{word}({', '.join(words)})"


def _result(name: str, made_by: Any) -> str:
    """What is called that came from a class, or from a function: `layer` of `Layer`, else `make_layer(...)`."""
    if isinstance(made_by, type) or not name:
        return name.lower() or "it"
    return f"{name}(...)"


def _called(kind: Any, method: str) -> Any:
    """The function of a class that a call of its object runs, or the method of that name."""
    if not isinstance(kind, type):
        return None
    return getattr(kind, method or ("forward" if hasattr(kind, "forward") else "__call__"), None)


def _names(function: Any, bound: bool) -> list[str]:
    """The names of what is passed by position; of a class, to its constructor."""
    try:
        parameters = list(inspect.signature(function).parameters.values())
    except (TypeError, ValueError):
        return []
    names = [one.name for one in parameters if one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD)]
    return names[1:] if bound else names
