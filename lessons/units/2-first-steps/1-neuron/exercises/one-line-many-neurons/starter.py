"""Neurons and their lines: when two of them have the same one, and when they decide the same."""

import math

Triple = tuple[float, float, float]


def boundary(w0: float, w1: float, b: float) -> tuple[float, float]:
    """Slope and intercept of the line on which the probability is 0.5."""
    raise NotImplementedError("write boundary")


def same_line(p: Triple, q: Triple) -> bool:
    """Whether two neurons (w0, w1, b) have the same boundary."""
    raise NotImplementedError("write same_line")


def same_decisions(p: Triple, q: Triple) -> bool:
    """Whether two neurons (w0, w1, b) decide the same about every point."""
    raise NotImplementedError("write same_decisions")
