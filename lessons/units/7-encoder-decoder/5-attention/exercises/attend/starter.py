"""Dot-product attention, without loops."""

import torch


def attend(q: torch.Tensor, K: torch.Tensor, V: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """Output (dv,) and weights (n,) of a query (d,) over keys (n, d) and values (n, dv)."""
    raise NotImplementedError("write attend")


def attend_batch(
    Q: torch.Tensor, K: torch.Tensor, V: torch.Tensor, lengths: torch.Tensor
) -> tuple[torch.Tensor, torch.Tensor]:
    """Outputs (N, dv) and weights (N, T) of queries (N, d) over padded keys (N, T, d) and values (N, T, dv)."""
    raise NotImplementedError("write attend_batch")
