"""Against the clock: a lifted operator and a loop."""

import timeit

import torch


def measure(op: str, n: int) -> dict[str, float]:
    """Seconds of op ("div", "exp" or "pow") on n elements: {"tensor_s": ..., "loop_s": ..., "ratio": ...}."""
    raise NotImplementedError("write measure")
