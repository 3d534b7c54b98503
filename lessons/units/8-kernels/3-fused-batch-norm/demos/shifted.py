"""The same numbers, shifted by the first of them; all in one pass."""

import torch

torch.manual_seed(0)
x = 10_000 + torch.randn(1000)
exact = x.double().var(correction=0)
d = x - x[0]
shift = d.mean()
variance = (d**2).mean() - shift**2
error = abs(variance - exact) / exact
print(f"variance {variance:.6f}, exact {exact:.6f}, mean {x[0] + shift:.3f}")
