"""The level lines of a neuron: where its output is p."""

import math


def level_line(w0: float, w1: float, b: float, p: float) -> tuple[float, float]:
    """Slope and intercept of the line x1 = slope * x0 + intercept on which the probability of black is p."""
    raise NotImplementedError("write level_line")
