"""Blocks, a mask, a sum."""

import torch
import triton
import triton.language as tl

from grader.spec import Rng, alternative, case, cases, edit


@triton.jit
def add_kernel(x, y, out, n, BLOCK: tl.constexpr):
    at = tl.program_id(0) * BLOCK + tl.arange(0, BLOCK)
    exists = at < n
    total = tl.load(x + at, mask=exists) + tl.load(y + at, mask=exists)
    tl.store(out + at, total, mask=exists)


def add(x, y):
    out = torch.empty_like(x)
    n = x.numel()
    add_kernel[(triton.cdiv(n, 64),)](x, y, out, n, BLOCK=64)
    return out


@cases("add")
def vectors(rng: Rng):
    for label, n in (("three blocks, the last one not full", 150), ("less than a block", 7), ("one number", 1)):
        yield case(x=rng.normal(n), y=rng.normal(n), label=label)
    yield case(x=rng.normal(192), y=rng.normal(192), label="three full blocks")
    yield case(x=rng.normal(65), y=rng.normal(65), label="one number more than a block")


@triton.jit
def add_in_a_loop(x, y, out, n, BLOCK: tl.constexpr):
    for start in range(0, n, BLOCK):
        at = start + tl.arange(0, BLOCK)
        a = tl.load(x + at, mask=at < n, other=0.0)
        b = tl.load(y + at, mask=at < n, other=0.0)
        tl.store(out + at, a + b, mask=at < n)


@alternative(part="add")
def one_program(x, y):
    out = torch.empty_like(x)
    add_in_a_loop[(1,)](x, y, out, x.numel(), BLOCK=128)
    return out


@alternative(part="add")
def blocks_of_sixteen(x, y):
    out = torch.empty_like(x)
    add_kernel[(triton.cdiv(x.numel(), 16),)](x, y, out, x.numel(), BLOCK=16)
    return out


edit(
    "no-mask",
    "Reads and writes behind the end of the vectors.",
    hint="The last block is seldom full. `mask=at < n` leaves out what does not exist, in each load and in the store.",
    part="add",
    of=add_kernel,
    replace=[
        ("tl.load(x + at, mask=exists)", "tl.load(x + at)"),
        ("tl.load(y + at, mask=exists)", "tl.load(y + at)"),
        ("total, mask=exists", "total"),
    ],
)
edit(
    "store-without-mask",
    "Writes behind the end of the result.",
    hint="The store needs the mask as much as the loads do.",
    part="add",
    of=add_kernel,
    replace=("total, mask=exists", "total"),
)
edit(
    "one-too-many",
    "Lets one number too many through the mask.",
    hint="The last of n numbers has the place n - 1.",
    part="add",
    of=add_kernel,
    replace=("at < n", "at <= n"),
)
edit(
    "one-too-few",
    "Leaves the last number out.",
    hint="The last of n numbers has the place n - 1, and belongs to the vector.",
    part="add",
    of=add_kernel,
    replace=("at < n", "at < n - 1"),
)
edit(
    "always-the-first-block",
    "Computes the first block in every program.",
    hint="Where does the block of program `tl.program_id(0)` begin?",
    part="add",
    of=add_kernel,
    replace=("tl.program_id(0) * BLOCK + tl.arange(0, BLOCK)", "tl.arange(0, BLOCK)"),
)
edit(
    "blocks-overlap",
    "Begins each block one place after the last one.",
    hint="Program 1 begins where the block of program 0 ends: `BLOCK` places further.",
    part="add",
    of=add_kernel,
    replace=("tl.program_id(0) * BLOCK", "tl.program_id(0)"),
)
edit(
    "twice-the-same",
    "Adds a vector to itself.",
    hint="`x + at` and `y + at` are pointers into two tensors. Load from both.",
    part="add",
    of=add_kernel,
    replace=("tl.load(y + at", "tl.load(x + at"),
)
edit(
    "grid-rounds-down",
    "Starts one program too few where the last block is not full.",
    hint="`triton.cdiv` rounds up.",
    part="add",
    replace=("triton.cdiv(n, 64)", "max(1, n // 64)"),
)
