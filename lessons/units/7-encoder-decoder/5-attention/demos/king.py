"""Attention of one query, step by step."""

import torch
from torchtext.vocab import GloVe

words = ["woman", "man", "bicycle", "queen", "house"]
glove = GloVe(name="6B", dim=50, cache="data/glove")
rows, query = glove.get_vecs_by_tokens(words), glove["king"]
scores = torch.stack([query.dot(row) for row in rows])
weights = scores.exp() / scores.exp().sum()
mean = torch.zeros(50)
for word, score, weight, row in zip(words, scores, weights, rows, strict=True):
    print(f"{word:8} score {score:6.2f}  weight {weight:.4e}")
    mean += weight * row
print("output:", list(mean.shape))
