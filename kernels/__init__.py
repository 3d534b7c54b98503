"""Fused operations for training: fast on a GPU, exact everywhere.

    from kernels import attention, batch_norm, conv2d, luong_attention

Each picks Triton kernels or PyTorch by itself; `explain` says which, and why. `kernels.nn` has them as modules that
stand in for PyTorch's. Importing this package imports no Triton.
"""

import importlib
import sys
from typing import Any

if sys.argv[:1] == ["-m"] and not sys.flags.safe_path:  # `python -m`, which looks for modules in the working directory
    sys.stderr.write(
        "python -m would import modules from the working directory, which may hold what was handed in. "
        "Nothing was run. Use dl-grader or dl-tutor, or write -P before -m.\n"
    )
    sys.exit(2)

from kernels.dispatch.choice import BackendError, Choice, backend
from kernels.dispatch.status import Status, status, version
from kernels.ops.attention import attention, attention_with_lse
from kernels.ops.batch_norm import batch_norm
from kernels.ops.conv import conv1d, conv2d, conv_transpose1d, conv_transpose2d
from kernels.ops.explain import explain
from kernels.ops.im2col import col2im, explicit_conv2d, im2col
from kernels.ops.luong import luong_attention
from kernels.types.norm import Norm

__all__ = [
    "BackendError",
    "Choice",
    "Norm",
    "Status",
    "attention",
    "attention_with_lse",
    "backend",
    "batch_norm",
    "col2im",
    "conv1d",
    "conv2d",
    "conv_transpose1d",
    "conv_transpose2d",
    "explain",
    "explicit_conv2d",
    "im2col",
    "luong_attention",
    "status",
]


def __getattr__(name: str) -> Any:
    if name == "nn":
        return importlib.import_module("kernels.nn")
    if name == "__version__":  # looked up when it is asked for: finding out takes longer than all of this module
        return version()
    raise AttributeError(f"module 'kernels' has no attribute {name!r}")
