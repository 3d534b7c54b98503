"""How many of a million uniform numbers are below the drop rate."""

import torch

torch.manual_seed(0)
p = 0.3
u = torch.rand(10**6)
mask = u > p
dropped = 1 - mask.double().mean().item()
print("the first numbers:", [round(one, 2) for one in u[:6].tolist()])
print("stay or not:      ", mask[:6].tolist())
print("times ones:       ", (mask[:6] * torch.ones(6)).tolist())
print(f"dropped of a million: {dropped:.4f}")
