"""The largest of ten weights, for random queries and keys of more and more dimensions."""

import torch

torch.manual_seed(0)
largest = {}
for d in (4, 64, 1024):
    scores = torch.einsum("nd,nkd->nk", torch.randn(500, d), torch.randn(500, 10, d))
    plain, scaled = scores.softmax(dim=1), (scores / d**0.5).softmax(dim=1)
    largest[d] = plain.max(dim=1).values.mean().item(), scaled.max(dim=1).values.mean().item()
    print(f"d = {d:4}: variance {scores.var():6.1f}, largest weight {largest[d][0]:.2f}, scaled {largest[d][1]:.2f}")
