"""Layer and group normalisation: each sample by itself."""

import torch
from torch import nn

torch.manual_seed(0)
x = torch.randn(4, 6)
alike = []
for normal in (nn.LayerNorm(6), nn.GroupNorm(2, 6)):
    y = normal(x)
    alike.append(torch.equal(normal(x[:1])[0], y[0]))
    print(type(normal).__name__, "row 0 alone gives the same:", alike[-1])
    print("  means of the first three and the last three of row 0:", y[0].reshape(2, 3).mean(dim=1).tolist())
