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
def wide(index, INT64: tl.constexpr):
    """An index or a size, with 64 bits where 32 could not count what is made of it."""
    found = index
    if INT64:
        found = tl.full((), 0, tl.int64) + index
    return found


@triton.jit
def indices(block, SIZE: tl.constexpr, INT64: tl.constexpr):
    """The SIZE indices of a block."""
    return wide(block, INT64) * SIZE + tl.arange(0, SIZE)


@triton.jit
def program_place(blocks_0, blocks_1):
    """This program's place along three axes, the first of which runs fastest.

    They are the GPU's own, where it takes so many programs along each. Where it does not, all are along its first, and
    `blocks_0` and `blocks_1` say how many belong to the first and to the second; else these are None.
    """
    place_0 = tl.program_id(0)
    place_1 = tl.program_id(1)
    place_2 = tl.program_id(2)
    if blocks_0 is not None:
        place_1 = place_0 // blocks_0 % blocks_1
        place_2 = place_0 // (blocks_0 * blocks_1)
        place_0 = place_0 % blocks_0
    return place_0, place_1, place_2


@triton.jit
def grouped_place(blocks_0, blocks_1, PHASES: tl.constexpr, TOGETHER: tl.constexpr):
    """The same where the columns of a product are many: TOGETHER rows of tiles are walked before the next ones.

    Programs that run at the same time so share what they read of both factors, and find it in the second-level cache.
    A column is a block of columns and one of PHASES, which reach for the same rows. TOGETHER is 1 where there is one
    column alone: then the order makes no difference, and the axes are the GPU's own where it takes so many.
    """
    if TOGETHER == 1:
        row, column, layer = program_place(blocks_0, blocks_1)
    else:
        place = tl.program_id(0)
        columns = blocks_1 * PHASES
        layer = place // (blocks_0 * columns)
        place = place % (blocks_0 * columns)
        first = place // (TOGETHER * columns) * TOGETHER
        rows = tl.minimum(blocks_0 - first, TOGETHER)
        place = place % (TOGETHER * columns)
        row = first + place % rows
        column = place // rows
    return row, column, layer


@triton.jit
def scalar(value, ACC: tl.constexpr):
    """A number handed on as float64, in the dtype that is computed in. (The interpreter hands on a Python float.)"""
    return (tl.full((), 0.0, tl.float64) + value).to(ACC)
