"""python -P -m kernels.bench.mine FILE: what a file defines, beside PyTorch's and ours, timed side by side.

The file is run as Python would run it. Known are the functions and modules by these names:

BN(features), ConvLayer(in, out, kernel_size), ResBlockDownSamp(in), transposed(X, W, b, stride, padding),
attend_batch(Q, K, V, lengths), add(x, y), row_sum(x), softmax(x), product(a, b), convolve(x, w, stride, padding),
attend(q, k, v), attend_lengths(q, k, v, lengths).
"""

from __future__ import annotations

import argparse
import copy
import runpy
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch.nn import functional as F

import kernels
from kernels.bench.measure import error
from kernels.bench.timing import Clock, Run, Timed, side_by_side

CLOSE = 1e-2
"""A relative error beyond which two ways do not compute the same."""
Ways = dict[str, Callable[[], torch.Tensor]]


@dataclass(frozen=True)
class Rival:
    """What can be timed. `ways` gets what the file defines and a device, and gives the ways to do it, "yours" first."""

    name: str
    shape: str
    ways: Callable[[Any, torch.device], Ways]


def _modules(mine: torch.nn.Module, theirs: torch.nn.Module, ours: torch.nn.Module, x: torch.Tensor) -> Ways:
    """Three modules, with the first one's parameters where all of them have as many of the same sizes."""
    named = {"yours": mine, "PyTorch": theirs, "ours": ours}
    for one in named.values():
        one.to(x.device)
    for other in (theirs, ours):
        left = list(mine.parameters())
        for parameter in other.parameters():
            fitting = [one for one in left if one.numel() == parameter.numel()]
            if fitting:  # of several, the one that begins like it
                source = min(fitting, key=lambda one: float((one.reshape(parameter.shape) - parameter).norm()))
                left = [one for one in left if one is not source]
                parameter.data.copy_(source.data.reshape(parameter.shape))
    return {name: (lambda module=one: module(x)) for name, one in named.items()}  # type: ignore[misc]


def _batch_norm(mine: Any, device: torch.device) -> Ways:
    x = torch.randn(1024, 256, device=device)
    return _modules(mine(256), torch.nn.BatchNorm1d(256), kernels.nn.BatchNorm1d(256), x)


def _convolution(mine: Any, device: torch.device) -> Ways:
    x = torch.randn(64, 16, 28, 28, device=device)
    own: torch.nn.Module = mine(16, 32, (3, 3))
    bias = len(list(own.parameters())) > 1
    return _modules(own, torch.nn.Conv2d(16, 32, 3, bias=bias), kernels.nn.Conv2d(16, 32, 3, bias=bias), x)


def _residual(mine: Any, device: torch.device) -> Ways:
    x = torch.randn(32, 32, 28, 28, device=device)
    own: torch.nn.Module = mine(32).to(device)
    ours = copy.deepcopy(own)
    kernels.nn.replace(ours)
    return {"yours": lambda: own(x), "ours": lambda: ours(x)}


def _transposed(mine: Any, device: torch.device) -> Ways:
    x, w, b = (torch.randn(size, device=device) for size in ((32, 16, 14, 14), (16, 8, 4, 4), (8,)))
    return {
        "yours": lambda: mine(x, w, b, 2, 1),
        "PyTorch": lambda: F.conv_transpose2d(x, w, b, 2, 1),
        "ours": lambda: kernels.conv_transpose2d(x, w, b, 2, 1),
    }


def _luong(mine: Any, device: torch.device) -> Ways:
    q, k = torch.randn(256, 128, device=device) / 128**0.5, torch.randn(256, 40, 128, device=device)
    lengths = torch.randint(1, 41, (256,), device=device)
    outside = torch.arange(40, device=device) >= lengths[:, None]

    def by_hand() -> torch.Tensor:
        weights = torch.einsum("bd,btd->bt", q, k).masked_fill(outside, -torch.inf).softmax(1)
        return torch.einsum("bt,btd->bd", weights, k)

    return {
        "yours": lambda: mine(q, k, k, lengths)[0],
        "PyTorch": by_hand,
        "ours": lambda: kernels.luong_attention(q, k, lengths=lengths)[0],
    }


def _two(theirs: Callable[..., torch.Tensor], *sizes: tuple[int, ...]) -> Callable[[Any, torch.device], Ways]:
    def ways(mine: Any, device: torch.device) -> Ways:
        given = [torch.randn(size, device=device) for size in sizes]
        return {"yours": lambda: mine(*given), "PyTorch": lambda: theirs(*given)}

    return ways


def _convolve(mine: Any, device: torch.device) -> Ways:
    x, w = torch.randn(64, 16, 28, 28, device=device), torch.randn(32, 16, 3, 3, device=device)
    return {
        "yours": lambda: mine(x, w, 1, 1),
        "PyTorch": lambda: F.conv2d(x, w, padding=1),
        "ours": lambda: kernels.conv2d(x, w, padding=1),
    }


def _attend(mine: Any, device: torch.device) -> Ways:
    q, k, v = (torch.randn(1024, 64, device=device) for _ in range(3))
    q4, k4, v4 = (one[None, None] for one in (q, k, v))
    return {
        "yours": lambda: mine(q, k, v),
        "PyTorch": lambda: F.scaled_dot_product_attention(q4, k4, v4)[0, 0],
        "ours": lambda: kernels.attention(q4, k4, v4)[0, 0],
    }


def _attend_lengths(mine: Any, device: torch.device) -> Ways:
    q, k, v = (torch.randn(8, 512, 64, device=device) for _ in range(3))
    lengths = torch.arange(64, 513, 64, device=device)
    inside = (torch.arange(512, device=device) < lengths[:, None])[:, None]
    q4, k4, v4 = (one[:, None] for one in (q, k, v))
    return {
        "yours": lambda: mine(q, k, v, lengths),
        "PyTorch": lambda: F.scaled_dot_product_attention(q4, k4, v4, attn_mask=inside[:, None])[:, 0],
        "ours": lambda: kernels.attention(q4, k4, v4, lengths=lengths)[:, 0],
    }


RIVALS = (
    Rival("BN", "1,024 x 256, training", _batch_norm),
    Rival("ConvLayer", "64 x 16 x 28 x 28, 32 kernels of 3 x 3", _convolution),
    Rival("ResBlockDownSamp", "32 x 32 x 28 x 28", _residual),
    Rival("transposed", "32 x 16 x 14 x 14, 8 kernels of 4 x 4, stride 2", _transposed),
    Rival("attend_batch", "256 queries, 40 states of 128", _luong),
    Rival("add", "2^22 numbers", _two(torch.add, (1 << 22,), (1 << 22,))),
    Rival("row_sum", "4,096 x 1,024", _two(lambda x: x.sum(1), (4096, 1024))),
    Rival("softmax", "4,096 x 1,024", _two(lambda x: x.softmax(1), (4096, 1024))),
    Rival("product", "1,024 x 1,024 times 1,024 x 1,024", _two(torch.matmul, (1024, 1024), (1024, 1024))),
    Rival("convolve", "64 x 16 x 28 x 28, 32 kernels of 3 x 3, padding 1", _convolve),
    Rival("attend", "1,024 queries and keys of 64", _attend),
    Rival("attend_lengths", "8 sequences of up to 512, 64 wide", _attend_lengths),
)


def found(names: dict[str, Any]) -> list[Rival]:
    """What of it a file defines. A file with `attend_batch` has an `attend` for one query, which is another one."""
    hidden = {"attend"} if "attend_batch" in names else set()
    return [rival for rival in RIVALS if callable(names.get(rival.name)) and rival.name not in hidden]


def lines(rival: Rival, mine: Any, clock: Clock) -> Iterator[str]:
    """A table of one rival, or why there is none."""
    yield f"{rival.name}: {rival.shape}, float32"
    try:
        torch.manual_seed(0)
        ways = rival.ways(mine, clock.device)
        with torch.no_grad():
            results = {name: run() for name, run in ways.items()}
            runs: dict[str, Run] = dict(ways)
            times = side_by_side(clock, runs)
    except Exception as problem:  # whatever the file does, the others are timed
        yield f"  not timed: {_sentence(problem)}"
        return
    yield from (f"  {row}" for row in table(times))
    for name, result in results.items():
        got = error(result, results["yours"].double()) if result.shape == results["yours"].shape else float("inf")
        if got > CLOSE:
            yield f"  {name} does not compute what yours does: the relative difference is {got:.0e}."


def table(times: dict[str, Timed]) -> Iterator[str]:
    """A line for each way: its time, and how many times that of yours is."""
    own = times["yours"].median
    for name, timed in times.items():
        beside = "" if name == "yours" else f"   yours takes {own / timed.median:.2f} times as long"
        yield f"{name:8} {timed.median:10,.1f} µs{beside}"


def _sentence(problem: Exception) -> str:
    text = str(problem).strip().partition("\n")[0]
    if "0 active drivers" in text:
        return "a Triton kernel is timed on an NVIDIA GPU, and there is none here"
    return f"{type(problem).__name__}: {text}"


def main(arguments: list[str] | None = None) -> int:
    """The command. Returns 0; 1 where nothing could be timed; 2 where the file cannot be run, or has nothing known."""
    parser = argparse.ArgumentParser(prog="python -P -m kernels.bench.mine", description="Times what a file defines.")
    parser.add_argument("file", type=Path)
    file = parser.parse_args(arguments).file
    try:
        names = runpy.run_path(str(file))
    except (Exception, SystemExit) as problem:
        print(f"{file} cannot be run: {type(problem).__name__}: {problem}", file=sys.stderr)
        return 2
    rivals = found(names)
    if not rivals:
        known = ", ".join(rival.name for rival in RIVALS)
        print(f"{file} defines nothing that can be timed here: {known}.", file=sys.stderr)
        return 2
    clock = Clock(torch.device("cuda" if torch.cuda.is_available() else "cpu"))
    print(f"On {torch.cuda.get_device_name() if clock.gpu else 'the CPU, where ours is PyTorch itself'}:", flush=True)
    timed = 0
    for rival in rivals:
        told = list(lines(rival, names[rival.name], clock))
        timed += not told[1].startswith("  not timed")
        print("\n".join(told), flush=True)
    return 0 if timed else 1


if __name__ == "__main__":
    sys.exit(main())
