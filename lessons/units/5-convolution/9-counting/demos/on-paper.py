"""The network from the card: its sizes, its parameters, its multiplications."""

import torch
from torch import nn

model = nn.Sequential(
    nn.Conv2d(1, 3, 4, bias=False), nn.ReLU(), nn.AvgPool2d(2, 2), nn.Flatten(), nn.Linear(75, 4, bias=False)
)
x, sizes = torch.zeros(1, 1, 13, 13), []
for layer in model:
    x = layer(x)
    sizes.append(list(x.shape[1:]))
    print(f"{type(layer).__name__:10} {sizes[-1]}")
parameters = [one.numel() for one in model.parameters()]
multiplications = [4 * 4 * 10 * 10 * 3, 5 * 5 * 3, 75 * 4]
print("parameters", parameters, "together", sum(parameters))
print("multiplications", multiplications, "together", sum(multiplications))
