"""LeNet-5 from PyTorch's layers and from this course's: the same costs, on whatever there is to train on."""

import torch
from torch import nn
from torchvision.datasets import MNIST

import kernels
import kernels.nn

device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
data = MNIST("data", train=True, download=True)
X, Y = (data.data[:1437, None] / 255).to(device), data.targets[:1437].to(device)


def costs_with(Conv2d):
    torch.manual_seed(1)
    net = nn.Sequential(
        Conv2d(1, 6, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2),
        Conv2d(16, 120, 5), nn.ReLU(), nn.Flatten(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10),
    ).to(device)  # fmt: skip
    optimizer, costs = torch.optim.SGD(net.parameters(), lr=0.3), []
    for part in torch.randperm(len(X)).split(64):
        optimizer.zero_grad()
        cost = nn.functional.cross_entropy(net(X[part]), Y[part])
        cost.backward()
        optimizer.step()
        costs.append(cost.item())
    return costs


theirs, ours = costs_with(nn.Conv2d), costs_with(kernels.nn.Conv2d)
apart = max(abs(a - b) for a, b in zip(theirs, ours, strict=True))
print(f"on {device}: after {len(ours)} steps {ours[-1]:.4f}, at most {apart:.1e} apart")
print(kernels.explain("conv2d", X[:64], torch.zeros(6, 1, 5, 5, device=device), padding=2))
