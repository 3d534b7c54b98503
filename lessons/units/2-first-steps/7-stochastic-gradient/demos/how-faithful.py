"""Stochastic gradients beside the full one, for mini-batches of several sizes."""

import torch
from torch import nn
from torchvision.datasets import FashionMNIST

from tutor import live

data = FashionMNIST("data", train=True, download=True)
X = data.data.flatten(start_dim=1) / 255
labels = data.targets

torch.manual_seed(0)
z = nn.Linear(784, 10)


def gradient(chosen):
    """The gradient of the mean cost of the chosen pictures, in one vector."""
    z.zero_grad()
    nn.functional.cross_entropy(z(X[chosen]), labels[chosen]).backward()
    return torch.cat([z.weight.grad.flatten(), z.bias.grad])


full = gradient(torch.arange(len(X)))
similarity, error = {}, {}
for size in live.progress((1, 4, 16, 64, 256, 1024, 4096)):
    found = torch.stack([gradient(torch.randint(0, len(X), (size,))) for _ in range(60)])
    similarity[size] = torch.cosine_similarity(found, full[None], dim=1).mean().item()
    error[size] = ((found - full).norm(dim=1) / full.norm()).mean().item()
    print(f"{size:5} pictures: similarity {similarity[size]:.3f}, relative error {error[size]:.2f}")
