"""Half of an autoencoder each, with parameters that are handed in."""

import torch
from torch import nn


class Encoder(nn.Module):
    def __init__(self, weight, bias):
        super().__init__()
        self.weight, self.bias = nn.Parameter(weight), nn.Parameter(bias)

    def forward(self, X):
        return torch.relu(nn.functional.linear(X.flatten(start_dim=1), self.weight, self.bias))


class Decoder(nn.Module):
    def __init__(self, weight, bias, h, w):
        super().__init__()
        self.weight, self.bias = nn.Parameter(weight), nn.Parameter(bias)
        self.h, self.w = h, w

    def forward(self, Z):
        return torch.sigmoid(nn.functional.linear(Z, self.weight, self.bias)).reshape(-1, 1, self.h, self.w)


def encoder(weight, bias):
    return Encoder(weight, bias)


def decoder(weight, bias, h, w):
    return Decoder(weight, bias, h, w)
