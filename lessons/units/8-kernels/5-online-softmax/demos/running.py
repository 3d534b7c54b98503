"""Maximum and sum of nine scores, three at a time, and of all at once."""

import torch

x = torch.tensor([1.0, 3.0, 2.0, 5.0, 4.0, 0.0, 1.0, 2.0, 6.0])
m, s = torch.tensor(-torch.inf), torch.tensor(0.0)
for block in x.split(3):
    higher = torch.maximum(m, block.max())
    factor = (m - higher).exp()
    s = s * factor + (block - higher).exp().sum()
    m = higher
    print(f"{block.tolist()}: factor {factor:.4f}, maximum {m:.0f}, sum {s:.4f}")
at_once = (x - x.max()).exp().sum()
print(f"all at once: maximum {x.max():.0f}, sum {at_once:.4f}")
