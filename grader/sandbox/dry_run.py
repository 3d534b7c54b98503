"""What every worker does, done where they are forked from: a file is loaded, cases are played, values cross the wire.

Python replaces instructions by quicker ones while they run, and remembers where it found attributes (PEP 659). A worker
lives for some milliseconds and would have to begin anew with both, and to copy each page in which it writes them.
"""

from __future__ import annotations

import io
import linecache
import random
import sys
from pathlib import Path
from typing import Any

import numpy as np
import torch

from grader.protocol import tensors, wire
from grader.protocol.steps import message_of
from grader.sandbox import worker
from grader.spec.script import Case, case, script

TIMES = 20
"""Python looks for quicker instructions from the eighth call on."""
NAME = "dry_run_of_a_worker.py"
SOURCE = """
import torch


class Layer(torch.nn.Module):
    def __init__(self, width):
        super().__init__()
        self.weight = torch.nn.Parameter(torch.ones(width))

    def forward(self, x):
        return x @ self.weight


def double(values):
    print("twice", end="")
    return [2 * value for value in values]


def shifted(x, by):
    y = torch.zeros_like(x)
    y[..., 1:] = x[..., :-1] + by
    return y.sum() if y.dim() > 4 else y
"""


def play() -> None:
    """Plays it; what is to be seen of it afterwards is how quick it is."""
    states = random.getstate(), np.random.get_state(), torch.get_rng_state()
    printed, sys.stdout = sys.stdout, io.StringIO()
    try:
        for number in range(TIMES):
            _once(number)
    finally:
        sys.stdout = printed
        linecache.cache.pop(NAME, None)
        sys.modules.pop(Path(NAME).stem, None)
        random.setstate(states[0])
        np.random.set_state(states[1])
        torch.set_rng_state(states[2])


def _once(number: int) -> None:
    order = {"op": "load", "number": number, "source": SOURCE, "name": NAME, "seed": number, "fixtures": ""}
    player, outcome = worker.load(_received(order), Path())
    _received({"number": number, **outcome})
    for one in _cases():
        player.begin()
        for step in one.steps:
            outcome = worker.play(_received({**message_of(step, number), "begins": False}), player)
            assert "value" in outcome, outcome
            _received({"number": number, **outcome})


def _cases() -> list[Case]:
    values, shifted = case([1.0, 2.5], observe=["unchanged_inputs"]), case(torch.ones(2, 3), kwargs={"by": 1})
    values.steps[0].target, shifted.steps[0].target = "double", "shifted"
    training = script("one step")
    layer = training.new("Layer", 3)
    cost = training.method(training.call(layer, torch.ones(2, 3)), "sum")
    training.backward(of=cost)  # without a cotangent: that imports sympy, for every worker to carry along
    training.grads(layer)
    return [values, shifted, training]


def _received(message: dict[str, Any]) -> Any:
    """The message as it comes out of the wire at its other end."""
    frame = io.BytesIO(wire.pack(message, bytes(16), tensors.dump))
    return wire.read(frame.read, bytes(16), tensors.load, inputs=True)
