"""What is measured of attention: the course's sizes and those of language models, whole, causal and padded to half."""

import math
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, NamedTuple

import torch
import torch.nn.functional as F
from torch.nn.attention import SDPBackend, sdpa_kernel

from kernels.bench.row import Case, Make, Row, torch_compiled
from kernels.ops.attention import attention
from kernels.ops.library import traits
from kernels.ops.luong import luong_attention
from kernels.types.precision import of_products

HALF, SINGLE = torch.bfloat16, torch.float32
MATERIALISED = 2**28  # scores, up to which the formula is also measured as it is written, compiled
BACKENDS = {
    "flash": SDPBackend.FLASH_ATTENTION,
    "cudnn": SDPBackend.CUDNN_ATTENTION,
    "efficient": SDPBackend.EFFICIENT_ATTENTION,
}


class AttentionSize(NamedTuple):
    """[B, H, S, D], on as many keys; whether causal; whether half of each sequence is padding, of the queries too."""

    shape: tuple[int, int, int, int]
    dtype: torch.dtype
    causal: bool = False
    padded: bool = False
    queries: bool = False
    predicted: float | None = None
    quick: bool = False

    @property
    def scores(self) -> int:
        return math.prod(self.shape[:3]) * self.shape[2]

    @property
    def seen(self) -> float:
        """The part of the scores that is looked at."""
        return (0.5 if self.causal else 1.0) * (0.5 if self.padded else 1.0) * (0.5 if self.queries else 1.0)

    @property
    def operation(self) -> str:
        return "attention" + "+causal" * self.causal + "+lengths" * self.padded + "+query_lengths" * self.queries


SIZES = (
    AttentionSize((32, 4, 64, 32), SINGLE, quick=True),
    AttentionSize((32, 4, 64, 32), SINGLE, padded=True, quick=True),
    AttentionSize((16, 8, 512, 64), HALF, causal=True, predicted=25.0),
    AttentionSize((16, 16, 1024, 64), HALF, causal=True, predicted=130.0),
    AttentionSize((16, 16, 1024, 64), HALF, padded=True),
    AttentionSize((16, 16, 1000, 64), HALF, causal=True),  # no multiple of a block: the last one is cut off
    AttentionSize((16, 16, 4096, 64), HALF, predicted=2900.0),
    AttentionSize((16, 16, 4096, 64), HALF, causal=True, predicted=1700.0),
    AttentionSize((16, 16, 4096, 64), HALF, padded=True),
    AttentionSize((16, 16, 4096, 64), HALF, padded=True, queries=True),
    AttentionSize((16, 16, 4096, 128), HALF, predicted=4900.0),
    AttentionSize((16, 16, 4096, 128), HALF, padded=True),
    AttentionSize((4, 16, 16384, 128), HALF, causal=True, predicted=10700.0),
)
LUONG: tuple[tuple[tuple[int, int, int], torch.dtype, float | None, bool], ...] = (
    # batch, states, width; microseconds predicted for the forward pass on an H200; measured with --quick
    ((32, 20, 256), SINGLE, None, True),
    ((64, 50, 128), SINGLE, None, True),
    ((4, 2048, 1024), HALF, None, False),  # few sequences, whose states are split
    ((512, 2048, 1024), HALF, 468.0, False),
)


def formula(q: torch.Tensor, k: torch.Tensor, v: torch.Tensor, mask: torch.Tensor | None, causal: bool) -> torch.Tensor:
    """As it is written in books, with the matrix of scores."""
    scores = q @ k.transpose(-1, -2) * q.shape[-1] ** -0.5
    if causal:
        ahead = torch.ones(scores.shape[-2:], dtype=torch.bool, device=q.device).triu(1)
        scores = scores.masked_fill(ahead, float("-inf"))
    if mask is not None:
        scores = scores.masked_fill(~mask, float("-inf"))
    return torch.softmax(scores, -1) @ v


def forced(call: Callable[[], torch.Tensor], backend: SDPBackend) -> Callable[[], torch.Tensor]:
    """A call of PyTorch's attention by one of its back ends."""

    def run() -> torch.Tensor:
        with sdpa_kernel(backend):
            return call()

    return run


def library_ways(
    ways: dict[str, Callable[[], torch.Tensor]], inputs: tuple[torch.Tensor, ...], cotangent: torch.Tensor
) -> dict[str, Callable[[], torch.Tensor]]:
    """Those ways that take this call, forward and backward. (Flash attention takes no mask, for example.)"""
    found = {}
    for name, run in ways.items():
        try:
            torch.autograd.grad(run(), inputs, cotangent)
        except Exception:  # each refuses in a class of its own, compilers too
            continue
        found[name] = run
    return found


def case(device: torch.device, size: AttentionSize, backend: str) -> Case:
    """Attention of a size. Padded sequences are half as long as they could be."""
    q, k, v, do = (torch.randn(size.shape, device=device).to(size.dtype) for _ in range(4))
    batch, heads, length, _ = size.shape
    lengths = torch.full((batch,), length // 2, device=device) if size.padded else None
    mask = None if lengths is None else (torch.arange(length, device=device) < lengths[:, None])[:, None, None]
    if mask is not None and size.queries:
        mask = mask & mask.transpose(2, 3)
    ends = lengths if size.queries else None
    inputs = tuple(one.requires_grad_() for one in (q, k, v))

    def eager() -> torch.Tensor:
        return F.scaled_dot_product_attention(q, k, v, mask, is_causal=size.causal)

    def exact() -> torch.Tensor:
        # a head at a time, for the matrix of scores in float64
        with torch.no_grad():
            rows = []
            for b in range(batch):
                seen = None if mask is None else mask[b : b + 1]
                for h in range(heads):
                    place = (slice(b, b + 1), slice(h, h + 1))
                    rows.append(formula(q[place].double(), k[place].double(), v[place].double(), seen, size.causal))
            return torch.cat(rows).view(size.shape).nan_to_num()  # of no key at all it is not a number

    ways: dict[str, Callable[[], torch.Tensor]] = {
        "ours": lambda: attention(q, k, v, is_causal=size.causal, lengths=lengths, query_lengths=ends, backend=backend),
        "eager": eager,
    }
    if size.scores <= MATERIALISED:
        whole = torch_compiled(formula)
        ways["compile"] = lambda: whole(q, k, v, mask, size.causal)
    rivals = library_ways({name: forced(eager, one) for name, one in BACKENDS.items()}, inputs, do)
    if device.type == "cuda" and not size.queries:
        rivals |= library_ways(packed_ways(q, k, v, lengths, size), inputs, do)
    return Case(ways={**ways, **rivals}, exact=exact, inputs=inputs, cotangent=do)


def packed_ways(
    q: torch.Tensor, k: torch.Tensor, v: torch.Tensor, lengths: torch.Tensor | None, size: AttentionSize
) -> dict[str, Callable[[], torch.Tensor]]:
    """What PyTorch has for sequences of different lengths: packed ones, and blocks that are left out.

    The first is given only the keys that count, and what packing them takes is measured with it. Its queries are all
    there, like ours.
    """
    from torch.nn.attention.flex_attention import create_block_mask, flex_attention

    batch, _, length, width = size.shape
    device = q.device
    ends = torch.full((batch,), length, device=device) if lengths is None else lengths
    rows = torch.arange(0, (batch + 1) * length, length, dtype=torch.int32, device=device)
    columns = F.pad(ends.cumsum(0), (1, 0)).to(torch.int32)
    longest = int(ends.max())
    kept = (torch.arange(length, device=device) < ends[:, None]).flatten().nonzero().squeeze(1)

    def packed() -> torch.Tensor:
        from torch.nn.attention.varlen import varlen_attn

        own, keys, values = (one.transpose(1, 2).flatten(0, 1) for one in (q, k, v))
        window: dict[str, Any] = {"window_size": (-1, 0)} if size.causal else {}
        found: Any = varlen_attn(own, keys[kept], values[kept], rows, columns, length, longest, **window)
        result: torch.Tensor = found.view(batch, length, -1, width).transpose(1, 2)
        return result

    def counts(b: torch.Tensor, h: torch.Tensor, m: torch.Tensor, n: torch.Tensor) -> torch.Tensor:
        return (n < ends[b]) & (n <= m) if size.causal else n < ends[b]

    whole: Any = torch.compile(flex_attention, dynamic=False)
    blocks = create_block_mask(counts, batch, None, length, length, device=device.type)
    return {"varlen": packed, "flex": lambda: whole(q, k, v, block_mask=blocks)}


def luong_formula(query: torch.Tensor, states: torch.Tensor, hidden: torch.Tensor) -> torch.Tensor:
    """A step, an operation at a time."""
    scores = (states @ query.unsqueeze(-1)).squeeze(-1).masked_fill(hidden, float("-inf"))
    return (torch.softmax(scores, -1).unsqueeze(-2) @ states).squeeze(-2)


def luong_case(device: torch.device, shape: tuple[int, int, int], dtype: torch.dtype, backend: str) -> Case:
    """A step over sequences of between half and all of the states."""
    batch, length, width = shape
    query = (torch.randn(batch, width, device=device) / width**0.5).to(dtype).requires_grad_()
    states = torch.randn(shape, device=device).to(dtype).requires_grad_()
    lengths = torch.randint(length // 2, length + 1, (batch,), device=device)
    hidden = torch.arange(length, device=device) >= lengths[:, None]
    whole = torch_compiled(luong_formula)

    def exact() -> torch.Tensor:
        with torch.no_grad():
            rows = [luong_formula(query[b].double(), states[b].double(), hidden[b]) for b in range(batch)]
            return torch.stack(rows)

    return Case(
        ways={
            "ours": lambda: luong_attention(query, states, lengths=lengths, backend=backend)[0],
            "eager": lambda: luong_formula(query, states, hidden),
            "compile": lambda: whole(query, states, hidden),
        },
        exact=exact,
        inputs=(query, states),
        cotangent=torch.randn(batch, width, device=device).to(dtype),
    )


def rows(backend: str) -> Iterator[Row]:
    """Attention at each size: 4·B·H·S²·D operations forward where all is seen, 5 products where forward has 2."""
    for size in SIZES:
        elements = math.prod(size.shape)
        operations = 4.0 * size.scores * size.shape[3] * size.seen
        yield Row(
            operation=size.operation,
            kind=size.operation + traits(size.dtype, of_products() if size.dtype == SINGLE else ""),
            shape=str(list(size.shape)),
            dtype=size.dtype,
            size=size.scores,
            make=partial(case, size=size, backend=backend),
            moved=(4.0 * elements * size.dtype.itemsize, 8.0 * elements * size.dtype.itemsize),
            operations=(operations, 2.5 * operations),
            predicted=(size.predicted, None),
            quick=size.quick,
            tags=("half padding",) if size.padded else (),
        )


def luong_rows(backend: str) -> Iterator[Row]:
    """A step at each size: the states read once forward, and read and written backward; three quarters of them."""
    for shape, dtype, predicted, quick in LUONG:
        elements = math.prod(shape)
        moved = 0.75 * elements * dtype.itemsize
        make: Make = partial(luong_case, shape=shape, dtype=dtype, backend=backend)
        yield Row(
            operation="luong_attention+lengths",
            kind="luong_attention+lengths" + traits(dtype),
            shape=str(list(shape)),
            dtype=dtype,
            size=elements,
            make=make,
            moved=(moved, moved + elements * dtype.itemsize),
            predicted=(predicted, None),
            quick=quick,
        )
