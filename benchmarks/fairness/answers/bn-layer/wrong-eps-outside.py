# wrong: adds epsilon to the root
# says: epsilon|root|differ|variance
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

    def forward(self, x):
        m, v = self.mean, self.variance
        if self.training:
            m, v = x.mean(0), x.var(0, correction=0)
            with torch.no_grad():
                self.mean.mul_(0.9).add_(0.1 * m)
                self.variance.mul_(0.9).add_(0.1 * v)
        return self.gamma * (x - m) / (v.sqrt() + 1e-3) + self.beta
