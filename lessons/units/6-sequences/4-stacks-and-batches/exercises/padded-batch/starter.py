"""A recurrent classifier for a batch of sentences of different lengths."""

import torch
from torch import nn


class BatchRNNClassify(nn.Module):
    """The logarithms of two probabilities for each sentence (N, 2), from a list of N index tensors."""

    def __init__(self, vocab_size: int, embed_dim: int, hidden_dim: int) -> None:
        super().__init__()
        raise NotImplementedError("write BatchRNNClassify")

    def forward(self, sentences: list[torch.Tensor]) -> torch.Tensor:
        """Of any lengths, in any order."""
