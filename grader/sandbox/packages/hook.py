"""Runs something at the first import of a package, and never imports anything before that."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from importlib.abc import Loader
from importlib.machinery import ModuleSpec, PathFinder
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
            return Ready.spec(name)
        return None


class Ready(Loader):
    """Gives a module that stands in sys.modules already, because the hook has put it there."""

    def __init__(self, module: ModuleType) -> None:
        self.module = module

    @classmethod
    def spec(cls, name: str) -> ModuleSpec | None:
        module = sys.modules.get(name)
        return ModuleSpec(name, cls(module), is_package=True) if module is not None else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return self.module

    def exec_module(self, module: ModuleType) -> None:
        pass


class After(Loader):
    """Loads as another loader does, and then calls `act` with the module."""

    def __init__(self, loader: Loader, act: Callable[[ModuleType], object]) -> None:
        self.loader, self.act = loader, act

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        return self.loader.create_module(spec)

    def exec_module(self, module: ModuleType) -> None:
        self.loader.exec_module(module)
        self.act(module)


class AfterHook:
    """A finder that finds one module where it lies, and has `act` called when it has been loaded."""

    def __init__(self, module: str, act: Callable[[ModuleType], object]) -> None:
        self.package, self.act = module, act

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name != self.package:
            return None
        sys.meta_path.remove(self)
        spec = PathFinder.find_spec(name, path)
        if spec is not None and spec.loader is not None:
            spec.loader = After(spec.loader, self.act)
        return spec


def at_import(package: str, act: Callable[[], object]) -> None:
    """Calls `act` right before `package` is imported for the first time; does nothing where it is imported already.

    `act` may put the package into sys.modules itself.
    """
    _add(package, Hook(package, act))


def after_import(module: str, act: Callable[[ModuleType], object]) -> None:
    """Calls `act` with the module when it has been imported for the first time, if that is still to come."""
    _add(module, AfterHook(module, act))


def _add(name: str, hook: Hook | AfterHook) -> None:
    known = any(isinstance(one, Hook | AfterHook) and one.package == name for one in sys.meta_path)
    if name not in sys.modules and not known:
        sys.meta_path.insert(0, hook)
