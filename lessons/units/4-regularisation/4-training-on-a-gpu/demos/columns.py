"""A mini-batch through a linear layer: one product of matrices instead of one for each sample."""

import torch

torch.manual_seed(0)
m, d, N = 3, 5, 4
W, X = torch.randn(m, d), torch.randn(d, N)
Z = W @ X
for b in range(N):
    print(f"sample {b}: column {b} of Z is W times column {b} of X:", torch.allclose(Z[:, b], W @ X[:, b]))
print("Z has the size", tuple(Z.shape), "and takes", m * d * N, "products of two numbers")
m, d, N = 100, 784, 256
print(f"100 units, 784 pixels, 256 pictures: {m * d * N:,} products")
