"""The same tokens in another order."""

import torch
from torch import nn

torch.manual_seed(0)
attention = nn.MultiheadAttention(12, 1)
tokens, order = torch.randn(6, 12), torch.tensor([5, 0, 3, 1, 4, 2])
before, _ = attention(tokens, tokens, tokens)
after, _ = attention(tokens[order], tokens[order], tokens[order])
print("only the rows have moved:", torch.allclose(after, before[order], atol=1e-6))

place = torch.randn(6, 12)
there, here = tokens + place, tokens[order] + place
before, _ = attention(there, there, there)
after, _ = attention(here, here, here)
print("and with positions:", torch.allclose(after, before[order], atol=1e-6))
