# wrong: trains with labels that are one too high
# says: label|right|class|2 %|90
# part: train
import torch
from torch import nn
from tutor import live

def filter_classes(X, Y, classes):
    places = torch.isin(Y, torch.tensor(classes, dtype=Y.dtype)).nonzero().flatten()
    return X[places], Y[places]


def train(X, Y):
    return descend(network(10), X, Y + 1, 200)


def network(outputs):
    return nn.Sequential(nn.Linear(30, 50), nn.ReLU(), nn.Linear(50, outputs), nn.LogSoftmax(dim=1))


def descend(model, X, Y, steps):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for step in range(steps):
        optimizer.zero_grad()
        cost = nn.functional.nll_loss(model(X), Y)
        cost.backward()
        optimizer.step()
        live.log({"cost": cost.item()}, step=step)
    return model
