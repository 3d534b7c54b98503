"""An encoder and a decoder in one module."""

import torch
from torch import nn
from tutor import live

END, START = 1, 2


class Translator(nn.Module):
    """Translates a sentence of one language into another."""

    def __init__(self, source_size: int, target_size: int, E: int, H: int):
        super().__init__()
        self.source_embedding = nn.Embedding(source_size, E)
        self.encoder = nn.LSTM(E, H)
        self.target_embedding = nn.Embedding(target_size, E)
        self.cell = nn.RNNCell(E, H)
        self.output = nn.Linear(H, target_size)

    def forward(
        self, source: torch.Tensor, target: torch.Tensor, forced: bool = False
    ) -> tuple[list[int], torch.Tensor]:
        """The predicted tokens and the cost of the sentence."""
        raise NotImplementedError("write forward")


def translate(model: nn.Module, source: torch.Tensor, most: int) -> list[int]:
    """The tokens that are written for a source sentence, `most` at most."""
    raise NotImplementedError("write translate")


def train(
    model: nn.Module, pairs: list[tuple[torch.Tensor, torch.Tensor]], epochs: int, lr: float, forced: bool
) -> list[float]:
    """The mean cost of each epoch."""
    raise NotImplementedError("write train")
