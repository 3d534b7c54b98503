"""A small stack in float64."""

import torch
from torch import nn


class Stack(nn.Module):
    def __init__(self, E, H, L, values):
        super().__init__()
        self.embedding, self.rnn, self.linear = nn.Embedding(9, E), nn.RNN(E, H, L), nn.Linear(H, 2)
        self.double()
        with torch.no_grad():
            for parameter, value in zip(self.parameters(), values, strict=True):
                parameter.copy_(value)

    def forward(self, sentence):
        scores = self.linear(self.rnn(self.embedding(sentence))[1][-1])
        return scores - scores.logsumexp(dim=0)


def stack(E, H, L, values):
    return Stack(E, H, L, values)
