"""What all kernels share: whether they are interpreted, and which dtypes they compute in."""

import torch
import triton
import triton.language as tl

INTERPRETED: bool = bool(triton.knobs.runtime.interpret)

TRITON_DTYPES = {
    torch.float16: tl.float16,
    torch.bfloat16: tl.bfloat16,
    torch.float32: tl.float32,
    torch.float64: tl.float64,
}


def tl_accumulator(dtype: torch.dtype) -> tl.dtype:
    """The dtype that sums and statistics are kept in: float64 for float64, else float32."""
    return tl.float64 if dtype == torch.float64 else tl.float32


def tl_operand(dtype: torch.dtype) -> tl.dtype:
    """The dtype of the operands of `tl.dot`: the input's own.

    But for bfloat16 under the interpreter, which holds it as 16-bit integers and would multiply those: there it is
    float32.
    """
    if INTERPRETED and dtype == torch.bfloat16:
        return tl.float32
    return TRITON_DTYPES[dtype]


@triton.jit
def scalar(value, ACC: tl.constexpr):
    """A number handed on as float64, in the dtype that is computed in. (The interpreter hands on a Python float.)"""
    return (tl.full((), 0.0, tl.float64) + value).to(ACC)
