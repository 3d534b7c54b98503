"""An LSTM, one token at a time."""

import torch


def lstm_step(
    x: torch.Tensor,
    h: torch.Tensor,
    c: torch.Tensor,
    weight_ih: torch.Tensor,
    weight_hh: torch.Tensor,
    bias_ih: torch.Tensor,
    bias_hh: torch.Tensor,
) -> tuple[torch.Tensor, torch.Tensor]:
    """The states (h, c) after the token x of shape (E,), for states of shape (H,)."""
    raise NotImplementedError("write lstm_step")
