"""How similar the gradients of two pictures are: of the same class, and of two classes."""

import torch
from torch import nn
from torchvision.datasets import FashionMNIST

data = FashionMNIST("data", train=True, download=True)
X = data.data.flatten(start_dim=1) / 255  # all pictures as one tensor, without going through PIL
labels = data.targets

torch.manual_seed(0)
z = nn.Linear(784, 10)


def gradient(i):
    """All 7850 derivatives of the cost of picture i, in one vector."""
    z.zero_grad()
    nn.functional.cross_entropy(z(X[i : i + 1]), labels[i : i + 1]).backward()
    return torch.cat([z.weight.grad.flatten(), z.bias.grad])


first = gradient(0)  # an ankle boot


def similarity(k):
    """How similar the gradients of the first boot and of class k are: the mean over a hundred pictures."""
    others = (labels == k).nonzero().squeeze()[1:101].tolist()
    return sum(torch.cosine_similarity(first, gradient(i), dim=0).item() for i in others) / len(others)


for k in (9, 7, 5, 0, 3, 1):
    print(f"the first boot and 100 of class {data.classes[k]:12} similarity {similarity(k):6.3f}")
