# wrong: returns scores
# says: logarithm|probabilit|add up|log_softmax
# part: model
import torch
from torch import nn

def in_our_order(tokens, known, vectors):
    places = {token: place for place, token in enumerate(known)}
    nothing = torch.zeros(vectors.shape[1])
    return torch.stack([vectors[places[token]] if token in places else nothing for token in tokens])


class FixedSumClassify(nn.Module):
    def __init__(self, table):
        super().__init__()
        self.embedding = nn.Embedding.from_pretrained(table, freeze=True)
        self.linear = nn.Linear(table.shape[1], 2)

    def forward(self, tokens):
        return self.linear(self.embedding(tokens).sum(0))
