"""The derivative that arrives at the input of many untrained blocks, plain and residual."""

import torch
from torch import nn


def arriving(blocks, residual):
    torch.manual_seed(0)
    layers = [nn.Sequential(nn.Linear(32, 32), nn.ReLU(), nn.Linear(32, 32)) for _ in range(blocks)]
    X = torch.rand(64, 32, requires_grad=True)
    Y = X
    for layer in layers:
        Y = torch.relu(layer(Y) + Y if residual else layer(Y))
    Y.mean().backward()
    return X.grad.norm().item()


norms = {}
for blocks in (5, 20, 50):
    norms[blocks] = arriving(blocks, residual=False), arriving(blocks, residual=True)
    print(f"{blocks:2} blocks: {norms[blocks][0]:.1e} plain, {norms[blocks][1]:.3f} residual")
