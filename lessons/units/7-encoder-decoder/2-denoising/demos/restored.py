"""Garments of which half is missing, and what a denoising autoencoder makes of them."""

import torch
from torch import nn
from torchvision.datasets import FashionMNIST

from tutor import live

X, x = (FashionMNIST("data", train=one, download=True).data[:1500, None] / 255 for one in (True, False))
d = 940
torch.manual_seed(0)
model = nn.Sequential(
    nn.Flatten(), nn.Linear(784, d), nn.ReLU(), nn.Linear(d, 784), nn.Sigmoid(), nn.Unflatten(1, (1, 28, 28))
)
corruptor = nn.Dropout()
optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
for epoch in live.progress(range(12)):
    for part in torch.randperm(len(X)).split(32):
        given = corruptor(X[part])
        cost = nn.functional.mse_loss(model(given), X[part])
        optimizer.zero_grad()
        cost.backward()
        optimizer.step()
    live.log({"reconstruction loss": cost.item()}, step=epoch)

with torch.no_grad():
    given = corruptor(x)
    out = model(given)
errors = [nn.functional.mse_loss(one, x).item() for one in (X.mean(dim=0).expand_as(x), given, out)]
for name, row in (("original", x), ("corrupted", given.clamp(max=1)), ("restored", out)):
    live.show(row[:2], title=[name] * 2)
for name, error in zip(("mean picture", "corrupted", "restored"), errors, strict=True):
    print(f"{name:12} {error:.4f}   {error / errors[0]:.2f} of the baseline")
