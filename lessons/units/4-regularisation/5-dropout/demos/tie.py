"""Five hidden neurons that begin alike, after one step: without dropout and with it."""

import torch
from torch import nn

torch.manual_seed(0)
X, Y = torch.randn(20, 2), torch.rand(20, 1)
apart = {}
for p in (0.0, 0.5):
    first = nn.Linear(2, 5)
    model = nn.Sequential(first, nn.ReLU(), nn.Dropout(p), nn.Linear(5, 1))
    for parameter in model.parameters():
        nn.init.constant_(parameter, 0.1)
    nn.functional.mse_loss(model(X), Y).backward()
    rows = first.weight - 0.1 * first.weight.grad
    apart[p] = (rows.max(dim=0).values - rows.min(dim=0).values).max().item()
    print(f"drop rate {p}: the rows of the first layer are {apart[p]:.6f} apart")
