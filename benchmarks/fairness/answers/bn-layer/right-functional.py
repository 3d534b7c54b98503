# right
# part: layer

import torch
from torch import nn


class BN(nn.Module):
    def __init__(self, in_features):
        super().__init__()
        self.gamma = nn.Parameter(torch.ones(in_features))
        self.beta = nn.Parameter(torch.zeros(in_features))
        self.register_buffer("mean", torch.zeros(in_features))
        self.register_buffer("variance", torch.ones(in_features))

    def statistics(self, x):
        m = x.mean(dim=0)
        return m, ((x - m) ** 2).mean(dim=0)

    def forward(self, x):
        if not self.training:
            return (x - self.mean) / (self.variance + 1e-5).sqrt() * self.gamma + self.beta
        m, v = self.statistics(x)
        self.mean = self.mean + 0.1 * (m.detach() - self.mean)
        self.variance = self.variance + 0.1 * (v.detach() - self.variance)
        return (x - m) / (v + 1e-5).sqrt() * self.gamma + self.beta
