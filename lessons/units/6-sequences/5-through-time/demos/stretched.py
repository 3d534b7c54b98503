"""By how much fifty steps back in time can stretch a vector: the median of 40 networks."""

import torch

torch.manual_seed(0)
H, medians = 64, {}
for g in (0.5, 0.9, 1.0, 1.5, 3.0):
    W = g / H**0.5 * torch.randn(40, H, H, dtype=torch.float64)
    h, J = torch.zeros(40, H, 1, dtype=torch.float64), torch.eye(H, dtype=torch.float64).repeat(40, 1, 1)
    for _ in range(50):
        h = torch.tanh(0.1 * torch.randn(40, H, 1, dtype=torch.float64) + W @ h)
        J = (1 - h**2) * (W @ J)
    medians[g] = torch.linalg.matrix_norm(J, ord=2).median().item()
    print(f"g = {g}: spectral norm {medians[g]:.1e}")
