"""The roofline: how long an operation takes at least, and how fast it can be."""

import torch


def time_of(mflop: torch.Tensor, megabytes: torch.Tensor, peak: float, bandwidth: float) -> torch.Tensor:
    """The shortest possible time of each operation in microseconds."""
    raise NotImplementedError("write time_of")


def reachable(intensity: torch.Tensor, peak: float, bandwidth: float) -> torch.Tensor:
    """The highest possible speed at each intensity in TFLOP/s."""
    raise NotImplementedError("write reachable")
