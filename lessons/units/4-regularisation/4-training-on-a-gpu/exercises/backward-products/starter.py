"""The backward pass of a linear layer, for a whole mini-batch at once."""

import torch


def by_columns(X: torch.Tensor, W: torch.Tensor, G: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """dW (m, d), db (m,) and dX (d, N) for X (d, N), W (m, d) and G (m, N)."""
    raise NotImplementedError("write by_columns")


def by_rows(X: torch.Tensor, W: torch.Tensor, G: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """dW (m, d), db (m,) and dX (N, d) for X (N, d), W (m, d) and G (N, m)."""
    raise NotImplementedError("write by_rows")
