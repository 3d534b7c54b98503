# wrong: gives scores without LogSoftmax
# says: logarithm|probabilit
# part: train
import torch
from torch import nn
from tutor import live

def filter_classes(X, Y, classes):
    places = torch.isin(Y, torch.tensor(classes, dtype=Y.dtype)).nonzero().flatten()
    return X[places], Y[places]


def train(X, Y):
    return descend(network(10), X, Y, 200)


def network(outputs):
    return nn.Sequential(nn.Linear(30, 50), nn.ReLU(), nn.Linear(50, outputs))


def descend(model, X, Y, steps):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for step in range(steps):
        optimizer.zero_grad()
        cost = nn.functional.cross_entropy(model(X), Y)
        cost.backward()
        optimizer.step()
        live.log({"cost": cost.item()}, step=step)
    return model
