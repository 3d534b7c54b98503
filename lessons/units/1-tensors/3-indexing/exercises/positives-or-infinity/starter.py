"""Positive or infinite: one tensor made of two."""

import torch


def positives_or_inf(X: torch.Tensor) -> torch.Tensor:
    """The positive entries of X at their places, and infinity in place of the negative ones."""
    raise NotImplementedError("write positives_or_inf")
