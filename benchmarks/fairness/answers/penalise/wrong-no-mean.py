# wrong: takes the sum of the targets
# says: sum|mean
# part: constant
import torch
from torch import nn
from torch.nn.functional import mse_loss
from tutor import live

def penalty(model, lam, include_bias):
    sizes = [one.square().sum() for one in chosen(model, include_bias)]
    return lam * sum(sizes, torch.zeros((), dtype=torch.float64)) / 2


def chosen(model, include_bias):
    found = []
    for layer in model.modules():
        if isinstance(layer, nn.Linear):
            found.append(layer.weight)
            if include_bias and layer.bias is not None:
                found.append(layer.bias)
    return found


def train(model, X, Y, lam, include_bias, lr, steps):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    errors = []
    for step in range(steps + 1):
        optimizer.zero_grad()
        error = mse_loss(model(X), Y)
        errors.append(error.item())
        live.log({"error": errors[-1]}, step=step)
        if step < steps:
            cost = error + penalty(model, lam, include_bias)
            cost.backward()
            optimizer.step()
    return errors


def best_constant(y, lam):
    return (y.sum() / (1 + lam / 2)).item()
