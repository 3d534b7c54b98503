"""Garments are repaired by convolutions, and by two linear layers."""

import torch
from torch import nn
from torchvision.datasets import FashionMNIST

from tutor import live

X, x = (FashionMNIST("data", train=one, download=True).data[:1500, None] / 255 for one in (True, False))
torch.manual_seed(0)
convolutions = nn.Sequential(
    nn.Conv2d(1, 16, 4, 2, 1), nn.ReLU(), nn.Conv2d(16, 32, 4, 2, 1), nn.ReLU(),
    nn.ConvTranspose2d(32, 16, 4, 2, 1), nn.ReLU(), nn.ConvTranspose2d(16, 1, 4, 2, 1), nn.Sigmoid(),
)  # fmt: skip
linear = [nn.Flatten(), nn.Linear(784, 940), nn.ReLU(), nn.Linear(940, 784), nn.Sigmoid(), nn.Unflatten(1, (1, 28, 28))]
corruptor = nn.Dropout()
given = corruptor(x)
baseline = nn.functional.mse_loss(X.mean(dim=0).expand_as(x), x)
live.show(x[:2], title=["original"] * 2)
live.show(given[:2].clamp(max=1), title=["corrupted"] * 2)

shares, counts = {}, {}
for name, model in (("convolutions", convolutions), ("dense", nn.Sequential(*linear))):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    for epoch in live.progress(range(12)):
        for part in torch.randperm(len(X)).split(32):
            optimizer.zero_grad()
            nn.functional.mse_loss(model(corruptor(X[part])), X[part]).backward()
            optimizer.step()
        with torch.no_grad():
            out = model(given)
        shares[name] = (nn.functional.mse_loss(out, x) / baseline).item()
        live.log({f"error, {name}": shares[name]}, step=epoch)
    counts[name] = sum(one.numel() for one in model.parameters())
    live.show(out[:2], title=[name] * 2)
    print(f"{name}: {counts[name]} parameters, {shares[name]:.2f} of the mean picture's error")
