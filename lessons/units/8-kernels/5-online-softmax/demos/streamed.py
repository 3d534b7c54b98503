"""Attention of three queries over ten keys, four keys at a time."""

import torch

torch.manual_seed(0)
q, k, v = torch.randn(3, 8), torch.randn(10, 8), torch.randn(10, 5)
m, s, acc = torch.full((3,), -torch.inf), torch.zeros(3), torch.zeros(3, 5)
for keys, values in zip(k.split(4), v.split(4), strict=True):
    scores = q @ keys.T / 8**0.5
    higher = torch.maximum(m, scores.amax(1))
    factor, e = (m - higher).exp(), (scores - higher[:, None]).exp()
    s = s * factor + e.sum(1)
    acc = acc * factor[:, None] + e @ values
    m = higher
output = acc / s[:, None]
wanted = (q @ k.T / 8**0.5).softmax(1) @ v
print("the same as with all scores:", torch.allclose(output, wanted, atol=1e-6))
