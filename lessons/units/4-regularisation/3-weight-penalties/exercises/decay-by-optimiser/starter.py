"""Which parameters decay, and how AdamW does it."""

import torch
from torch import nn


def decay_groups(model: nn.Module, lam: float) -> list[dict]:
    """Parameter groups: lam for the weights of linear layers, 0 for everything else that is trained."""
    raise NotImplementedError("write decay_groups")


def adamw_step(
    w: torch.Tensor, g: torch.Tensor, m: torch.Tensor, v: torch.Tensor, t: int, lr: float, lam: float
) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """The weights and the two running means after step t."""
    raise NotImplementedError("write adamw_step")
