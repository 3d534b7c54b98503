"""What classes are called in a message, and what objects of them hold, whatever they say of themselves."""

from __future__ import annotations

import builtins
import sys
from typing import Any

BUILTIN: dict[str, type] = {name: one for name, one in vars(builtins).items() if isinstance(one, type)}
"""As they were before any code of a learner ran."""
_NAME, _QUALIFIED = (vars(type)[name].__get__ for name in ("__name__", "__qualname__"))
"""What a class is really called: a metaclass may answer for it otherwise."""


def name_of(kind: type) -> str:
    """What an exception's class is called.

    `OSError` for Python's own, `module.Class` for one that its module does hold, and `?.Class` for all others. A class
    may call itself what it likes; what counts is where it is found. Raises nothing.
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


def type_name(kind: type) -> str:
    """What a class calls itself, for people to read."""
    try:
        return str(type.__getattribute__(kind, "__qualname__"))[:100]
    except Exception:  # a hostile metaclass: the name is not worth a crash
        return "object"


def at_bottom(value: Any, kind: type) -> Any:
    """What a subclass of a container or of str holds, as the plain type; None for what is no such thing.

    Asks the plain type for it: what the subclass says of itself is not heard.
    """
    mro = type.__dict__["__mro__"].__get__(kind)
    if dict in mro:
        return dict(dict.items(value))
    if str in mro:
        return str.__getitem__(value, slice(None))
    for plain in (tuple, list, set, frozenset):
        if plain in mro:
            return plain(plain.__iter__(value))
    return None
