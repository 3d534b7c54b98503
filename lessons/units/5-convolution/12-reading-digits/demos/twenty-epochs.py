"""LeNet-5, rate 0.3, twenty epochs."""

import torch
from torch import nn
from torchvision.datasets import MNIST

from kernels.nn import Conv2d
from tutor import live

device = "cuda" if torch.cuda.is_available() else "cpu"

data = MNIST("data", train=True, download=True)
torch.manual_seed(0)
order = torch.randperm(len(data))
X, Y = data.data[order, None].to(device) / 255, data.targets[order].to(device)
X_val, Y_val, X, Y = X[:200], Y[:200], X[200:1437], Y[200:1437]

torch.manual_seed(1)
net = nn.Sequential(
    Conv2d(1, 6, 5, padding=2, relu=True), nn.MaxPool2d(2), Conv2d(6, 16, 5, relu=True), nn.MaxPool2d(2),
    Conv2d(16, 120, 5, relu=True), nn.Flatten(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10),
).to(device)  # fmt: skip
optimizer = torch.optim.SGD(net.parameters(), lr=0.3)
step = 0
for _ in live.progress(range(20)):
    for part in torch.randperm(len(X)).split(64):
        optimizer.zero_grad()
        cost = nn.functional.cross_entropy(net(X[part]), Y[part])
        cost.backward()
        optimizer.step()
        live.log({"train/cost": cost.item()}, step=step)
        step += 1
    with torch.no_grad():
        live.log({"val/cost": nn.functional.cross_entropy(net(X_val), Y_val).item()}, step=step)
with torch.no_grad():
    right = (net(X_val).argmax(dim=1) == Y_val).float().mean().item()
print(f"{step} steps; of the validation set {right:.1%} are right")
