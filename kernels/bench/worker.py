"""python -P -m kernels.bench.worker: measures rows, one a line of its input, in a process that may end of it.

An illegal access leaves a GPU's process unusable: then the row that did it is lost, and no other. Requests and answers
are lines of JSON; what libraries print goes to the standard error.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any, TextIO

import torch

from kernels.bench.catalogue import named
from kernels.bench.measure import backward_of, measure_row
from kernels.bench.roofline import Roofline, measure_roofline
from kernels.bench.timing import Clock
from kernels.types.dtypes import SHORT

DTYPES = {short: dtype for dtype, short in SHORT.items()}
Answer = dict[str, Any]


def _roofline(clock: Clock) -> Iterator[Answer]:
    found = measure_roofline(clock)
    flops = {SHORT[dtype]: rate for dtype, rate in found.flops.items()}
    yield {"bytes_a_second": found.bytes_a_second, "flops": flops}


def _measure(clock: Clock, request: Answer) -> Iterator[Answer]:
    row = named(request["row"], request["backend"])
    roofline = Roofline(request["bytes_a_second"], {DTYPES[short]: rate for short, rate in request["flops"].items()})
    without = frozenset(request["without"])
    for line in measure_row(row, clock, roofline, request["backend"], without=without):
        yield {"line": asdict(line)}


def _warm(clock: Clock, request: Answer) -> Iterator[Answer]:
    """Compiles what a row needs, by doing it once."""
    case = named(request["row"], request["backend"]).make(clock.device)
    for name, run in case.ways.items():
        if name in ("ours", "compile") and name not in request["without"]:
            (backward_of(case, run) if case.inputs else run)()
    clock.wait()
    yield from ()


def forget_compiled() -> None:
    """Else `torch.compile` compiles eight shapes of a function, and runs eagerly from the ninth on."""
    if "torch._dynamo" in sys.modules:
        torch._dynamo.reset()


def answers(clock: Clock, request: Answer) -> Iterator[Answer]:
    """What a request is answered with; a row that fails, whatever for, is a sentence."""
    forget_compiled()
    do: Callable[[], Iterator[Answer]] = {
        "roofline": lambda: _roofline(clock),
        "measure": lambda: _measure(clock, request),
        "warm": lambda: _warm(clock, request),
    }[request["do"]]
    try:
        yield from do()
    except Exception as problem:  # of Triton, of its assembler, of CUDA: each has classes of its own
        first = (str(problem).strip().splitlines() or [""])[0]
        yield {"problem": f"{type(problem).__name__}: {first}"}


def serve(requests: TextIO, out: TextIO) -> int:
    """Answers requests until there are no more; 1 where the GPU answers no more itself."""
    clock = Clock(torch.device("cuda" if torch.cuda.is_available() else "cpu"))

    def say(answer: Answer) -> None:
        print(json.dumps(answer), file=out, flush=True)

    for request in requests:
        for answer in answers(clock, json.loads(request)):
            say(answer)
        try:
            clock.wait()
            if clock.gpu:
                torch.cuda.empty_cache()
        except RuntimeError:
            say({"done": True, "last": True})
            return 1
        say({"done": True})
    return 0


def main() -> int:
    """The command."""
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as out:
        os.dup2(2, 1)
        return serve(sys.stdin, out)


if __name__ == "__main__":
    sys.exit(main())
