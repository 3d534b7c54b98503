"""Why a call did not even begin: what the learner's function takes, where that is written, and how it is written.

It is said in the learner's process, about the learner's own file; what comes of it is text that is shown, and no more.
"""

from __future__ import annotations

import ast
import inspect
import linecache
import types
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import torch

LONGEST = 80
"""How much of a definition is quoted."""
Called = tuple[Any, Sequence[Any], Mapping[str, Any]]
"""What was called, and with what."""


class Misfit(NamedTuple):
    """What a definition takes, in a sentence without its full stop, and its line."""

    line: int
    said: str


def misfit(name: str, called: Called) -> Misfit | None:
    """What the definition in the file `name` takes, where it does not take these arguments; else None."""
    function, args, kwargs = called
    try:
        own, bound = _definition(function)
        if own is None:
            return _without(name, function) if args or kwargs else None
        code = own.__code__
        if code.co_filename != name:
            return None
        parameters = list(inspect.signature(own, follow_wrapped=False).parameters.values())[bound:]
        try:
            inspect.Signature(parameters).bind(*args, **kwargs)
            return None
        except TypeError:
            line, text = _written(name, code)
            return Misfit(line, f"`{text}` {_takes(parameters, len(args) + len(kwargs), kwargs)}")
    except BaseException:  # a class of the learner's can do anything when it is looked at
        return None


def _definition(function: Any) -> tuple[types.FunctionType | None, int]:
    """The function that a call runs first, and how many of its parameters Python fills in; None where a class has no
    such function of its own."""
    if isinstance(function, types.FunctionType):
        return function, 0
    if isinstance(function, types.MethodType):
        return _definition(function.__func__)[0], 1
    kind = function if isinstance(function, type) else type(function)
    if isinstance(function, type):
        found = getattr(kind, "__init__", None)
    else:
        found = getattr(kind, "forward" if isinstance(function, torch.nn.Module) else "__call__", None)
    own = isinstance(found, types.FunctionType) and found is not torch.nn.Module.__init__
    return (found if own else None), 1


def _without(name: str, function: Any) -> Misfit | None:
    """What is said of a class that takes nothing, for it does not say what."""
    if not isinstance(function, type):
        return None
    for node in ast.walk(_tree(name)):
        if isinstance(node, ast.ClassDef) and node.name == function.__name__:
            return Misfit(node.lineno, f"`class {node.name}` takes no arguments, for it has no `__init__`")
    return None


def _tree(name: str) -> ast.Module:
    return ast.parse("".join(linecache.getlines(name)))


def _written(name: str, code: types.CodeType) -> tuple[int, str]:
    """The line of a definition, below its decorators, and the definition as it is written."""
    for node in ast.walk(_tree(name)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == code.co_name:
            if min([node.lineno, *(one.lineno for one in node.decorator_list)]) == code.co_firstlineno:
                return node.lineno, _short(f"def {node.name}({ast.unparse(node.args)})")
        elif isinstance(node, ast.Lambda) and node.lineno == code.co_firstlineno:
            return node.lineno, _short(f"lambda {ast.unparse(node.args)}")
    return code.co_firstlineno, code.co_name


def _short(text: str) -> str:
    text = text.replace("`", "'")
    return text if len(text) <= LONGEST else text[: LONGEST - 3] + "..."


def _takes(parameters: Sequence[inspect.Parameter], given: int, kwargs: Mapping[str, Any]) -> str:
    """What is taken, or the one thing that is missing although the number is right."""
    plain = [one for one in parameters if one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD)]
    by_name = [one.name for one in parameters if one.kind == one.KEYWORD_ONLY and one.default is one.empty]
    known = {one.name for one in parameters}
    if not any(one.kind == one.VAR_KEYWORD for one in parameters):
        for name in kwargs:
            if name not in known:
                return f"has no argument called {name}"
    if missing := [name for name in by_name if name not in kwargs]:
        return f"also needs {missing[0]}, by name"
    least, most = sum(one.default is one.empty for one in plain), len(plain)
    if any(one.kind == one.VAR_POSITIONAL for one in parameters):
        return f"takes at least {_count(least)}"
    if least <= given <= most:
        return "takes its arguments in another way"
    return f"takes {_count(most)}" if least == most else f"takes {least} to {_count(most)}"


def _count(number: int) -> str:
    return "no arguments" if number == 0 else "1 argument" if number == 1 else f"{number} arguments"
