# wrong: asks for all classes at once
# says: empty|none|class|size|shape
# part: filter
import torch
from torch import nn
from tutor import live

def filter_classes(X, Y, classes):
    places = (torch.stack([Y == one for one in classes]).all(0) if classes else Y < 0).nonzero().flatten()
    return X[places], Y[places]


def train(X, Y):
    return descend(network(10), X, Y, 200)


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
