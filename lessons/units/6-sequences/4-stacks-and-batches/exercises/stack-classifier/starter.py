"""A classifier with PyTorch's recurrent layer."""

import torch
from torch import nn


class FasterDeepRNNClassifier(nn.Module):
    """The logarithms of two probabilities (2,) for the indices of a sentence (T,)."""

    def __init__(self, vocab_size: int, embed_dim: int, hidden_dim: int, num_layers: int) -> None:
        super().__init__()
        raise NotImplementedError("write FasterDeepRNNClassifier")
