# wrong: begins with zeros
# says: random|alike|begin
# part: layer
import torch
from torch import nn

class ConvLayer(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, kernel_size=(1, 1)):
        super().__init__()
        p, q = kernel_size
        self.kern = nn.Parameter(torch.zeros(out_channels, in_channels, p, q))

    def forward(self, X):
        p, q = self.kern.shape[2:]
        rows, columns = X.shape[2] - p + 1, X.shape[3] - q + 1
        total = 0
        for i in range(p):
            for j in range(q):
                piece = X[:, None, :, i : i + rows, j : j + columns]
                total = total + (piece * self.kern[:, :, i, j, None, None]).sum(2)
        return total
