"""A residual block that gives back what it gets."""

import torch
from torch import nn


def make_identity_(block: nn.Module) -> None:
    """Changes the last layer of block.path in place, so that the block is the identity for inputs that are not negative."""
    raise NotImplementedError("write make_identity_")
