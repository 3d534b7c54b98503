"""Who hears operations does not load PyTorch's compiler for it."""

from __future__ import annotations

import sys
from typing import Any

import pytest
import torch
from torch.utils._python_dispatch import TorchDispatchMode

from grader.sandbox.mode import without_compiler

COMPILER = "torch._dynamo"


def listener() -> type[TorchDispatchMode]:
    """A kind of mode that has never been entered: what its wrapper does, it does at its first operation."""

    class Listener(TorchDispatchMode):
        heard: list[str] = []

        def __torch_dispatch__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            self.heard.append(func.__name__)
            return func(*args, **(kwargs or {}))

    return Listener


def test_the_first_operation_loads_no_compiler(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, COMPILER, raising=False)
    kind = listener()
    with without_compiler(kind)() as mode:
        result = torch.ones(2).exp()
    assert COMPILER not in sys.modules and mode.heard == ["ones.default", "exp.default"]
    assert result.shape == (2,)


def test_a_compiler_that_is_there_is_kept_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, COMPILER, sys)
    kind = listener()
    assert without_compiler(kind) is kind


@pytest.mark.slow
def test_what_is_compiled_while_it_is_heard_is_heard() -> None:
    kind = listener()
    with pytest.MonkeyPatch.context() as patch:
        patch.delitem(sys.modules, COMPILER, raising=False)
        bare = without_compiler(kind)
    with bare() as mode:
        torch.compile(lambda x: x.exp() + 1, backend="eager")(torch.ones(2))
    assert {"exp.default", "add.Tensor"} <= set(mode.heard)
