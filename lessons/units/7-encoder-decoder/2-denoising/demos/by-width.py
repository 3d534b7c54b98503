"""Garments through codes of several widths."""

import torch
from torch import nn
from torchvision.datasets import FashionMNIST

from tutor import live

X, x = (FashionMNIST("data", train=one, download=True).data[:1500, None] / 255 for one in (True, False))
baseline = nn.functional.mse_loss(X.mean(dim=0).expand_as(x), x).item()
rows, relative = [x[:2]], {}
for d in (10, 30, 100, 300):
    torch.manual_seed(0)
    model = nn.Sequential(nn.Flatten(), nn.Linear(784, d), nn.ReLU(), nn.Linear(d, 784), nn.Sigmoid())
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    for epoch in live.progress(range(25)):
        for part in torch.randperm(len(X)).split(32):
            optimizer.zero_grad()
            nn.functional.mse_loss(model(X[part]), X[part].flatten(1)).backward()
            optimizer.step()
    with torch.no_grad():
        out = model(x).reshape(-1, 1, 28, 28)
    rows.append(out[:2])
    relative[d] = nn.functional.mse_loss(out, x).item() / baseline
    print(f"d = {d:3}: error {relative[d] * baseline:.4f}, {relative[d]:.0%} of the mean picture's")
for name, row in zip(("original", *(f"d = {d}" for d in relative)), rows, strict=True):
    live.show(row, title=[name] * 2)
