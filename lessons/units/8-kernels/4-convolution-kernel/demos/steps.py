"""A tile of 16 by 16 of a product, in three steps of 16 along a sum of 40 terms."""

import torch

torch.manual_seed(0)
A, B = torch.randn(64, 40), torch.randn(40, 48)
rows, columns = slice(32, 48), slice(16, 32)
tile = torch.zeros(16, 16)
error = []
for start in range(0, 40, 16):
    step = slice(start, min(start + 16, 40))
    tile += A[rows, step] @ B[step, columns]
    error.append((tile - (A @ B)[rows, columns]).abs().max().item())
    print(f"terms 0 to {step.stop - 1}: off by at most {error[-1]:.1e}")
