"""python -P -m kernels.bench.overhead: what a call of ours costs the processor, without a GPU.

Beside it, the same where nothing is kept of earlier calls, and in PyTorch's own operations on as little data, on the
CPU. Of sizes at which launching kernels is all there is, this is what decides.
"""

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial

import torch
import torch.nn.functional as F

from kernels.bench.stub_driver import stubbed
from kernels.ops.attention import attention
from kernels.ops.batch_norm import batch_norm
from kernels.ops.conv import conv2d
from kernels.ops.luong import luong_attention
from kernels.ops.planned import Planned

Call = Callable[[], object]
Forward = Callable[..., torch.Tensor]


def calls() -> dict[str, tuple[Call, Call]]:
    """By name: ours up to the launch, and PyTorch's, on tensors with next to nothing in them.

    Forward, and then forward and backward together.
    """
    x, weight, bias, mean, var = torch.randn(4, 16), torch.ones(16), torch.zeros(16), torch.zeros(16), torch.ones(16)
    picture, filters = torch.randn(1, 16, 4, 4), torch.randn(16, 16, 3, 3)
    q, query, states = torch.randn(1, 1, 16, 16), torch.randn(1, 16), torch.randn(1, 4, 16)
    found: dict[str, tuple[Forward, Forward, list[torch.Tensor]]] = {
        "batch_norm+relu": (
            lambda x, w, b: batch_norm(x, mean, var, w, b, True, relu=True, backend="triton"),
            lambda x, w, b: F.relu(F.batch_norm(x, mean, var, w, b, True)),
            [x, weight, bias],
        ),
        "conv2d+relu": (
            lambda x, w: conv2d(x, w, relu=True, backend="triton"),
            lambda x, w: F.relu(F.conv2d(x, w)),
            [picture, filters],
        ),
        "attention": (
            lambda q, k, v: attention(q, k, v, backend="triton"),
            lambda q, k, v: F.scaled_dot_product_attention(q, k, v),
            [q, q.clone(), q.clone()],
        ),
        "luong_attention": (
            lambda q, k: luong_attention(q, k, backend="triton")[0],
            lambda q, k: luong_attention(q, k, backend="torch")[0],
            [query, states],
        ),
    }
    alone = {name: (partial(a, *inputs), partial(b, *inputs)) for name, (a, b, inputs) in found.items()}
    return alone | {
        f"{name}, with gradient": (_both(a, inputs, b(*inputs)), _both(b, inputs, b(*inputs)))
        for name, (a, b, inputs) in found.items()
    }


def _both(forward: Forward, tensors: list[torch.Tensor], cotangent: torch.Tensor) -> Call:
    inputs = [one.clone().requires_grad_() for one in tensors]

    def run() -> object:
        with torch.enable_grad():
            return torch.autograd.grad(forward(*inputs), inputs, cotangent)

    return run


@contextlib.contextmanager
def the_long_way() -> Iterator[None]:
    """Within it, each call is made as if it were the first of its kind, and nothing is kept of it."""
    before = [(one, one.call) for one in Planned.every]
    for one, _ in before:
        one.call = one.function
    try:
        yield
    finally:
        for one, call in before:
            one.call = call


def microseconds(call: Call, rounds: int = 15, each: int = 200) -> float:
    """Of the processor, by one call, at the quietest of some rounds; what other processes take is not counted."""
    for _ in range(10):
        call()
    found = []
    for _ in range(rounds):
        start = time.process_time()
        for _ in range(each):
            call()
        found.append((time.process_time() - start) / each * 1e6)
    return min(found)


def main() -> int:
    """The command."""
    torch.set_num_threads(1)
    print(f"{'a call':30} {'ours µs':>9} {'the long way µs':>16} {'PyTorch µs':>11} {'ratio':>7}")
    with stubbed() as stub, torch.no_grad():
        for name, (ours, theirs) in calls().items():
            one, other = microseconds(ours), microseconds(theirs)
            with the_long_way():
                first = microseconds(ours)
            stub.launches.clear()
            print(f"{name:30} {one:9.1f} {first:16.0f} {other:11.1f} {one / other:7.1f}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
