"""The network in one object."""

import torch
from torch import nn

from tutor import live

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(784, 10), nn.LogSoftmax(dim=1))
print(model)

picture = torch.rand(1, 784)
logs = model(picture)
print("output:", logs)
print("as probabilities:", logs.exp(), "sum:", logs.exp().sum().item())

live.log(
    {
        "layers": [str(layer) for layer in model],
        "parameters": sum(parameter.numel() for parameter in model.parameters()),
        "sum": logs.exp().sum().item(),
        "negative": bool((logs < 0).all()),
    }
)
