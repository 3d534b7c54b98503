"""A model in float64 that is handed in, and the answers of one to several sentences."""

import torch
from torch import nn


class Given(nn.Module):
    """Two scores for each token, of which the sentence has the mean."""

    def __init__(self, table):
        super().__init__()
        self.table = nn.Parameter(table.clone())

    def forward(self, sentence):
        scores = self.table[sentence].mean(dim=0)
        return scores - scores.logsumexp(dim=0)


def given(table):
    return Given(table)


def answers(model, sentences):
    with torch.no_grad():
        return torch.stack([model(sentence) for sentence in sentences])
