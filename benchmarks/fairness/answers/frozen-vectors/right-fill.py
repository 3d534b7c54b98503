# right
# part: table
import torch
from torch import nn

def in_our_order(tokens, known, vectors):
    table = torch.zeros(len(tokens), vectors.shape[1])
    for row, token in enumerate(tokens):
        if token in known:
            table[row] = vectors[known.index(token)]
    return table


class FixedSumClassify(nn.Module):
    def __init__(self, table):
        super().__init__()
        self.embedding = nn.Embedding.from_pretrained(table, freeze=True)
        self.linear = nn.Linear(table.shape[1], 2)

    def forward(self, tokens):
        return self.linear(self.embedding(tokens).sum(0)).log_softmax(0)
