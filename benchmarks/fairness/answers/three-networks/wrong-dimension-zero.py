# wrong: takes the softmax over the samples
# says: dim|samples|rows|softmax|add up
# part: network
import torch
from torch import nn

class PlainDropout(nn.Module):
    def __init__(self, drop_rate=0.5):
        super().__init__()
        self.drop_rate = drop_rate

    def forward(self, X):
        return X * (torch.rand_like(X) > self.drop_rate) if self.training else X


def make_network(widths, dropout):
    layers = []
    for place in range(len(widths) - 2):
        layers += [nn.Linear(widths[place], widths[place + 1]), nn.ReLU()]
        layers += [dropout()] if dropout else []
    return nn.Sequential(*layers, nn.Linear(widths[-2], widths[-1]), nn.LogSoftmax(dim=0))


def three_networks(X, Y, X_val, Y_val):
    return all_three(X, Y)


def all_three(X, Y, rate=0.5, steps=200, hidden=50, correct=lambda: nn.Dropout(0.5), plain=PlainDropout):
    def trained(dropout):
        model = make_network([X.shape[1], hidden, hidden, 5], dropout)
        optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
        for _ in range(steps):
            optimizer.zero_grad()
            nn.functional.nll_loss(model(X), Y).backward()
            optimizer.step()
        return model

    return {"none": trained(None), "dropout": trained(correct), "uncorrected": trained(lambda: plain(rate))}
