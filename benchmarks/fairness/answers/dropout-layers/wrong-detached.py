# wrong: cuts the gradient
# says: gradient|derivative|grad
# part: inverted
import torch
from torch import nn

class PlainDropout(nn.Module):
    def __init__(self, drop_rate=0.5):
        super().__init__()
        assert 0 < drop_rate < 1
        self.drop_rate = drop_rate

    def forward(self, X):
        if not self.training:
            return X
        stays = torch.rand_like(X) >= self.drop_rate
        return X * stays


class Dropout(nn.Module):
    def __init__(self, drop_rate=0.5):
        super().__init__()
        assert 0 < drop_rate < 1
        self.drop_rate = drop_rate

    def forward(self, X):
        if not self.training:
            return X * (1 - self.drop_rate)
        stays = torch.rand_like(X) >= self.drop_rate
        return X * stays


class InvertedDropout(nn.Module):
    def __init__(self, drop_rate=0.5):
        super().__init__()
        assert 0 < drop_rate < 1
        self.drop_rate = drop_rate

    def forward(self, X):
        if not self.training:
            return X
        stays = torch.rand_like(X) >= self.drop_rate
        return X.detach() * stays / (1 - self.drop_rate)
