# wrong: looks at the first input only
# says: best linear|0.1|below|error|both inputs
# part: train
import torch
from torch import nn
from tutor import live

def make_data(n, noise, seed):
    draw = torch.Generator().manual_seed(seed)
    XY = torch.rand(n, 2, generator=draw) * torch.tensor([4.0, 1.5]) + torch.tensor([-2.0, 0.5])
    return XY, rule(XY) + noise * torch.randn(n, 1, generator=draw)


def rule(XY):
    x, y = XY.split(1, dim=1)
    return x + y + x * y + torch.sin(x * x / y)


def train(XY, Z):
    model = nn.Sequential(First(), nn.Linear(1, 64), nn.ReLU(), nn.Linear(64, 1))
    return descend(model, XY, Z, 300)


class First(nn.Module):
    def forward(self, XY):
        return XY[:, :1]


def network():
    return nn.Sequential(nn.Linear(2, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 1))


def descend(model, XY, Z, steps):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    for step in range(steps):
        optimizer.zero_grad()
        cost = nn.functional.mse_loss(model(XY), Z)
        cost.backward()
        optimizer.step()
        live.log({"cost": cost.item()}, step=step)
    return model
