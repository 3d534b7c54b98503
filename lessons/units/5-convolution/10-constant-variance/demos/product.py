"""The variance of a product of independent numbers, by simulation."""

import torch

torch.manual_seed(0)
x = 2 + 3 * torch.randn(1_000_000, dtype=torch.float64)
y = 1.5 + 1.5 * torch.randn(1_000_000, dtype=torch.float64)
print(f"means {x.mean():.2f} and {y.mean():.2f}, variances {x.var():.2f} and {y.var():.2f}")
print(f"variance of the product {(x * y).var():.1f}")
