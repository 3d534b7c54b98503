# right
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
        self.cell.hidden = self.linear.weight.new_zeros(self.linear.in_features)
        for index in tokens.tolist():
            self.cell(self.embedding.weight[index])
        return torch.log_softmax(self.linear(self.cell.hidden), -1)


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
