"""What an exception's class is called in a message, so that no other class can be taken for it."""

from __future__ import annotations

import builtins
import sys
from typing import Any

BUILTIN: dict[str, type] = {name: one for name, one in vars(builtins).items() if isinstance(one, type)}
"""As they were before any code of a learner ran."""
_NAME, _QUALIFIED = (vars(type)[name].__get__ for name in ("__name__", "__qualname__"))
"""What a class is really called: a metaclass may answer for it otherwise."""


def name_of(kind: type) -> str:
    """`OSError` for Python's own, `module.Class` for one that its module does hold, and `?.Class` for all others.

    A class may call itself what it likes; what counts is where it is found. Raises nothing.
    """
    name = _NAME(kind)[:80]
    if BUILTIN.get(name) is kind:
        return str(name)
    qualified = _QUALIFIED(kind)[:80]
    module = vars(kind).get("__module__")
    return f"{module}.{qualified}" if _held(module, qualified) is kind else f"?.{qualified}"


def _held(module: Any, name: str) -> Any:
    try:
        return vars(sys.modules[module]).get(name) if type(module) is str else None
    except Exception:  # whatever the learner's code has made of the list of modules
        return None
