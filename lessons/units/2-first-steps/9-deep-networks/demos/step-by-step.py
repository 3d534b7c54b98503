"""A network with a hidden layer, and what it computes, step by step."""

import torch
from torch import nn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(784, 20), nn.ReLU(), nn.Linear(20, 10), nn.LogSoftmax(dim=1))
print(model)
for name, parameter in model.named_parameters():
    print(f"{name}: {list(parameter.shape)}, {parameter.numel()} numbers")
count = sum(parameter.numel() for parameter in model.parameters())
print("all together:", count)

X = torch.rand(784)
W1, b1, W2, b2 = model.parameters()
Z1 = W1 @ X + b1
Y1 = torch.relu(Z1)
Z2 = W2 @ Y1 + b2
Y2 = torch.softmax(Z2, dim=0)
print("of 20 hidden numbers", int((Y1 > 0).sum()), "are not 0")

log_of_Y2 = model(X[None])[0]  # the model wants a mini-batch: one picture here
print("the same as the model:", torch.allclose(log_of_Y2.exp(), Y2))
