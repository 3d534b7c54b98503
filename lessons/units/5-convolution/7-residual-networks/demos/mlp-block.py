"""A residual block, and what comes back through it when its path is silent."""

import torch
from torch import nn


class ResBlockMLP(nn.Module):
    def __init__(self, in_features):
        super().__init__()
        self.path = nn.Sequential(
            nn.Linear(in_features, in_features),
            nn.BatchNorm1d(in_features),
            nn.ReLU(),
            nn.Linear(in_features, in_features),
        )

    def forward(self, X):
        Y1 = self.path(X)
        return torch.relu(Y1 + X)


print(r"""
        .--> Linear --> BatchNorm --> ReLU --> Linear --.
        |                                               v
  X ----+---------------------------------------------> + --> ReLU --> Y
""")
torch.manual_seed(0)
block = ResBlockMLP(64)
print("parameters:", sum(parameter.numel() for parameter in block.parameters()))

nn.init.zeros_(block.path[3].weight)  # nothing comes out of the path but its bias
X = torch.randn(7, 64, requires_grad=True)
dY = torch.randn(7, 64)
block(X).backward(dY)
open_units = X + block.path[3].bias > 0
print("what comes back is dY where the ReLU is on:", torch.equal(X.grad, torch.where(open_units, dY, 0.0)))
