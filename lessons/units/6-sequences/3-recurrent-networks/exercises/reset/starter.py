"""A recurrent classifier, with a reset before every sentence, and without."""

import torch
from torch import nn


class Cell(nn.Module):
    """A recurrent cell that keeps its state in `hidden` (H,)."""

    def __init__(self, embed_dim: int, hidden_dim: int) -> None:
        super().__init__()
        self.inner = nn.RNNCell(embed_dim, hidden_dim)
        self.hidden = torch.zeros(hidden_dim)

    def forward(self, token: torch.Tensor) -> None:
        self.hidden = self.inner(token, self.hidden)


class RNNClassify(nn.Module):
    """The logarithms of two probabilities (2,) for the indices of a sentence (T,)."""

    def __init__(self, vocab_size: int, embed_dim: int, hidden_dim: int) -> None:
        super().__init__()
        raise NotImplementedError("write RNNClassify")


class CarriedClassify(nn.Module):
    """The same without a reset: the state goes on from sentence to sentence, cut off from its graph."""

    def __init__(self, vocab_size: int, embed_dim: int, hidden_dim: int) -> None:
        super().__init__()
        raise NotImplementedError("write CarriedClassify")
