# wrong: never updates the running averages
# says: mean|variance|averages|state
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
        m, v = (x.mean(0), x.var(0, correction=0)) if self.training else (self.mean, self.variance)
        return self.gamma * (x - m) / (v + 1e-5).sqrt() + self.beta
