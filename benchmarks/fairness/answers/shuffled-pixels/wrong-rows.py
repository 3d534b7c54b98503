# wrong: moves the rows
# says: row|column|unit|other dimension|axis|another order
# part: weights
import torch
from torch import nn

def shuffle(images, order):
    return images.reshape(len(images), -1)[:, order].view_as(images)


def restore(images, order):
    back = torch.empty_like(order)
    back[order] = torch.arange(len(order))
    return shuffle(images, back)


def move_weights(W, order):
    return W[order[order < len(W)]]


def train_shuffled(X, Y, order):
    return trained(X.index_select(1, order), Y)


def trained(X, Y, steps=150, hidden=(64, 32)):
    layers, inputs = [], X.shape[1]
    for units in hidden:
        layers += [nn.Linear(inputs, units), nn.ReLU()]
        inputs = units
    model = nn.Sequential(*layers, nn.Linear(inputs, 5))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.003)
    for _ in range(steps):
        optimizer.zero_grad()
        nn.functional.cross_entropy(model(X), Y).backward()
        optimizer.step()
    return model
