"""The prediction mode of a decoder with attention."""

import torch
from torch import nn

END, START = 1, 2


def write(model: nn.Module, annotations: torch.Tensor, most: int) -> tuple[list[int], torch.Tensor]:
    """The tokens that are written for annotations (T, H), and the attention weights of each step."""
    raise NotImplementedError("write `write`")
