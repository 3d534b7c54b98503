"""Modes that hear PyTorch's operations, without the compiler that PyTorch loads at their first operation."""

from __future__ import annotations

import functools
import sys
from typing import Any, TypeVar

from torch.utils._python_dispatch import TorchDispatchMode

Mode = TypeVar("Mode", bound=TorchDispatchMode)


def without_compiler(kind: type[Mode]) -> type[Mode]:
    """A kind of mode, without its wrapper where that would load torch.compile.

    PyTorch keeps torch.compile out of `__torch_dispatch__` by a wrapper, whose first call imports it: some 900 modules,
    seconds. Where nothing has imported it yet, there is nothing to keep out.
    """
    return kind if "torch._dynamo" in sys.modules else _bare(kind)  # type: ignore[arg-type]


@functools.cache
def _bare(kind: type[Mode]) -> type[Mode]:
    dispatch: Any = kind.__torch_dispatch__
    own = {
        "_should_skip_dynamo": classmethod(lambda cls: False),
        "__torch_dispatch__": getattr(dispatch, "__wrapped__", dispatch),
    }
    return type(kind.__name__, (kind,), own)
