"""A network with dropout and one without."""

import torch
from torch import nn

with_dropout = nn.Sequential(
    nn.Flatten(),
    nn.Linear(784, 100), nn.ReLU(), nn.Dropout(0.2),
    nn.Linear(100, 10), nn.ReLU(), nn.Dropout(0.2),
    nn.Linear(10, 10), nn.LogSoftmax(dim=1),
)  # fmt: skip
without = nn.Sequential(*[one for one in with_dropout if not isinstance(one, nn.Dropout)])
counts = [sum(one.numel() for one in model.parameters()) for model in (with_dropout, without)]
print("parameters:", counts)
print("output:", tuple(with_dropout(torch.rand(5, 1, 28, 28)).shape))
