"""Self-attention that looks back."""

import torch


def look_back(
    X: torch.Tensor, Wq: torch.Tensor, Wk: torch.Tensor, Wv: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """Outputs (T, m) and weights (T, T) of causal self-attention over the tokens X of shape (T, E)."""
    raise NotImplementedError("write look_back")
