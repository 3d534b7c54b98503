"""Random bits: a coin is tossed for every entry."""

import torch


def random_bits(shape: tuple[int, int, int, int], generator: torch.Generator | None = None) -> torch.Tensor:
    """Independent fair bits in the given shape, drawn from the generator."""
    raise NotImplementedError("write random_bits")
