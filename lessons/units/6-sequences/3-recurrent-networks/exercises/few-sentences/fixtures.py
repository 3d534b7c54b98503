"""A small recurrent network in float64 that counts for how many sentences a graph was recorded."""

import torch
from torch import nn


class Network(nn.Module):
    def __init__(self, E, H, values):
        super().__init__()
        self.table, self.cell, self.head = nn.Embedding(9, E).double(), nn.RNNCell(E, H).double(), nn.Linear(H, 2).double()
        self.tracked = 0
        with torch.no_grad():
            for parameter, value in zip(self.parameters(), values, strict=True):
                parameter.copy_(value)

    def forward(self, sentence):
        state = torch.zeros(self.head.in_features, dtype=torch.float64)
        for vector in self.table(sentence):
            state = self.cell(vector, state)
        scores = self.head(state)
        self.tracked += int(scores.requires_grad)
        return scores - scores.logsumexp(dim=0)


def network(E, H, values):
    return Network(E, H, values)
