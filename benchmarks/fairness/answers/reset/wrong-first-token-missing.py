# wrong: leaves out the first token
# says: first|token|left out|missing
# part: classifier
import torch
from torch import nn

class Cell(nn.Module):
    def __init__(self, embed_dim, hidden_dim):
        super().__init__()
        self.inner = nn.RNNCell(embed_dim, hidden_dim)
        self.hidden = torch.zeros(hidden_dim)

    def forward(self, token):
        self.hidden = self.inner(token, self.hidden)


class RNNClassify(nn.Module):
    def __init__(self, vocab_size, embed_dim, hidden_dim):
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, embed_dim)
        self.cell = Cell(embed_dim, hidden_dim)
        self.linear = nn.Linear(hidden_dim, 2)

    def forward(self, tokens):
        self.cell.hidden = torch.zeros_like(self.cell.hidden)
        for vector in self.embedding(tokens)[1:]:
            self.cell(vector)
        return self.linear(self.cell.hidden).log_softmax(0)


class CarriedClassify(nn.Module):
    def __init__(self, vocab_size, embed_dim, hidden_dim):
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, embed_dim)
        self.cell = Cell(embed_dim, hidden_dim)
        self.linear = nn.Linear(hidden_dim, 2)

    def forward(self, tokens):
        self.cell.hidden = self.cell.hidden.detach()
        for vector in self.embedding(tokens):
            self.cell(vector)
        return self.linear(self.cell.hidden).log_softmax(0)
