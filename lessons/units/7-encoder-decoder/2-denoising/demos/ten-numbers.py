"""Garments through ten numbers, and back."""

import torch
from torch import nn
from torchvision.datasets import FashionMNIST

from tutor import live

X, x = (FashionMNIST("data", train=one, download=True).data[:1500, None] / 255 for one in (True, False))
torch.manual_seed(0)
autoencoder = nn.Sequential(
    nn.Sequential(nn.Flatten(), nn.Linear(784, 10), nn.ReLU()),
    nn.Sequential(nn.Linear(10, 784), nn.Sigmoid(), nn.Unflatten(1, (1, 28, 28))),
)
optimizer = torch.optim.Adam(autoencoder.parameters(), lr=0.001)
for epoch in range(25):
    for part in torch.randperm(len(X)).split(32):
        optimizer.zero_grad()
        nn.functional.mse_loss(autoencoder(X[part]), X[part]).backward()
        optimizer.step()

with torch.no_grad():
    codes = autoencoder[0](x)
    out = autoencoder[1](codes)
live.show(x[:2], title=["original"] * 2)
live.show(out[:2], title=["from ten numbers"] * 2)
print("codes:", tuple(codes.shape), " pictures:", tuple(out.shape))
print("of the test pictures, error", round(nn.functional.mse_loss(out, x).item(), 4))
print(sum(one.numel() for one in autoencoder.parameters()), "parameters")
