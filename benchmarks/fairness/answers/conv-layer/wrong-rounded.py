# wrong: draws from few values only
# says: uniform|variance|largest
# part: start
import torch
from torch import nn

def first_numbers(p, q):
    return torch.sign(torch.rand(p, q) - 0.5) / (p * q) ** 0.5


class ConvLayer_1(nn.Module):
    def __init__(self, kernel_size):
        super().__init__()
        p, q = kernel_size
        self.kern = nn.Parameter(first_numbers(p, q))

    def forward(self, X):
        p, q = self.kern.shape
        rows, columns = X.shape[1] - p + 1, X.shape[2] - q + 1
        total = torch.zeros(len(X), rows, columns)
        for i in range(p):
            for j in range(q):
                total = total + X[:, i : i + rows, j : j + columns] * self.kern[i, j]
        return total
