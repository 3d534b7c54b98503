"""Beam search."""

from collections.abc import Callable

import torch


def beam_search(
    log_probs: Callable[[list[int]], torch.Tensor], width: int, end: int, most: int
) -> tuple[list[int], float]:
    """The tokens of the best sentence that a beam finds, and its log-probability."""
    raise NotImplementedError("write beam_search")
