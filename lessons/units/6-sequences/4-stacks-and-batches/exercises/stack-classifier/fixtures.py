"""Another recurrent layer, to be put in."""

import torch
from torch import nn


class Mean(nn.Module):
    """Its history is the mean of all tokens so far."""

    def forward(self, batch):
        if batch.dim() != 3 or batch.shape[1] != 1:
            raise ValueError(f"expected an input of size (T, 1, E), got {tuple(batch.shape)}")
        steps = torch.arange(1.0, len(batch) + 1)[:, None, None]
        return batch.cumsum(dim=0) / steps, None


def put_in(model):
    """Replaces the recurrent layer."""
    model.rnn = Mean()
