# right
# part: layer
import math

import torch
from torch import nn

def first_numbers(p, q):
    return torch.empty(p, q).uniform_(-1, 1) / math.sqrt(p * q)


class ConvLayer_1(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        p, q = kernel_size
        self.kern = nn.Parameter(first_numbers(p, q))

    def forward(self, X):
        p, q = self.kern.shape
        rows, columns = X.shape[1] - p + 1, X.shape[2] - q + 1
        total = 0
        for i in range(p):
            for j in range(q):
                total = total + X[:, i : i + rows, j : j + columns] * self.kern[i, j]
        return total
