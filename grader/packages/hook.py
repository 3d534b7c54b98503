"""Runs something at the first import of a package, and never imports anything before that."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType


class Hook:
    """A finder that finds nothing: at the first import of `package` it calls `act`, once."""

    def __init__(self, package: str, act: Callable[[], object]) -> None:
        self.package, self.act = package, act

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name == self.package:
            sys.meta_path.remove(self)
            self.act()
        return None


def at_import(package: str, act: Callable[[], object]) -> None:
    """Calls `act` right before `package` is imported for the first time; does nothing where it is imported already."""
    known = any(isinstance(one, Hook) and one.package == package for one in sys.meta_path)
    if package not in sys.modules and not known:
        sys.meta_path.insert(0, Hook(package, act))
