"""A state that somebody has left behind, and steps of training."""

import torch
from torch import nn


def left_behind(model, state):
    """Sets the state of the cell."""
    model.cell.hidden = state.clone()


def trained(model, sentences, labels, lr):
    """The costs of one step for each sentence."""
    optimizer, costs = torch.optim.SGD(model.parameters(), lr=lr), []
    for sentence, label in zip(sentences, labels, strict=True):
        cost = nn.functional.nll_loss(model(sentence)[None], torch.tensor([label]))
        optimizer.zero_grad()
        cost.backward()
        optimizer.step()
        costs.append(cost.item())
    return costs
