"""A bag of embeddings, trained one sentence at a time."""

import torch
from torch import nn


class EmbedSumClassify(nn.Module):
    """The logarithms of two probabilities (2,) for the indices of a sentence (T,)."""

    def __init__(self, vocab_size: int, embed_dim: int) -> None:
        super().__init__()
        raise NotImplementedError("write EmbedSumClassify")


def train_epoch(model: nn.Module, sentences: list[torch.Tensor], labels: list[int], lr: float) -> float:
    """One step for each sentence; returns the mean cost."""
    raise NotImplementedError("write train_epoch")


def learn(sentences: list[torch.Tensor], labels: list[int], vocab_size: int, embed_dim: int) -> nn.Module:
    """A model that has been trained on the sentences."""
    raise NotImplementedError("write learn")
