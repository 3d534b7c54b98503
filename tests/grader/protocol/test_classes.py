"""Exceptions are known by where their class is found, not by what it calls itself."""

from __future__ import annotations

import builtins
import json
import sys
import types
from typing import Any

import pytest
import torch

from grader.protocol.classes import name_of
from grader.sandbox.raised import describe


def calling_itself(name: str, module: str = "builtins") -> type[Exception]:
    return type(name, (Exception,), {"__module__": module, "__qualname__": name})


def test_a_class_is_called_by_where_it_is_found() -> None:
    assert [name_of(kind) for kind in (OSError, ValueError, KeyError)] == ["OSError", "ValueError", "KeyError"]
    assert name_of(json.JSONDecodeError) == "json.decoder.JSONDecodeError"
    assert name_of(torch.OutOfMemoryError).endswith(".OutOfMemoryError")
    assert not name_of(torch.OutOfMemoryError).startswith("?")


@pytest.mark.parametrize("module", ["builtins", "torch", "__main__", "nowhere", "", "os.path"])
def test_no_other_class_is_taken_for_it(module: str) -> None:
    assert name_of(calling_itself("OSError", module)) == "?.OSError"


def test_what_is_put_into_the_builtins_later_is_not_pythons_own(monkeypatch: pytest.MonkeyPatch) -> None:
    other = calling_itself("OSError")
    monkeypatch.setattr(builtins, "OSError", other)
    assert name_of(other) != "OSError"


def test_a_metaclass_that_answers_for_its_class_is_not_heard() -> None:
    class Lying(type):
        __name__ = "OSError"
        __qualname__ = "OSError"
        __module__ = "builtins"

    class Own(Exception, metaclass=Lying):
        pass

    assert name_of(Own) == "?." + "test_a_metaclass_that_answers_for_its_class_is_not_heard.<locals>.Own"


@pytest.mark.parametrize("module", [3, None, ["a"], type("M", (str,), {"__hash__": None})("builtins")])
def test_a_module_that_is_no_name_is_no_place(module: Any) -> None:
    assert name_of(type("E", (Exception,), {"__module__": module, "__qualname__": "E"})) == "?.E"


def test_a_list_of_modules_that_raises_is_no_place(monkeypatch: pytest.MonkeyPatch) -> None:
    class Raising(types.ModuleType):
        @property
        def __dict__(self) -> Any:  # type: ignore[override]
            raise RuntimeError

    monkeypatch.setitem(sys.modules, "raising", Raising("raising"))
    assert name_of(calling_itself("E", "raising")) == "?.E"


def test_an_exception_is_described_with_the_bases_of_its_class() -> None:
    own = type("Missing", (FileNotFoundError,), {})
    bases = describe(own("no"), "file.py")["bases"]
    assert bases[0].startswith("?.") and bases[1:4] == ["FileNotFoundError", "OSError", "Exception"]
