"""Embedding and reduction in one layer: its input, and its two modes."""

import torch
from torch import nn

torch.manual_seed(0)
table = torch.randn(7, 3)
batch = torch.tensor([[2, 5, 2, 6], [0, 1, 4, 4]])
added = nn.EmbeddingBag.from_pretrained(table, mode="sum")(batch)
as_is = nn.EmbeddingBag.from_pretrained(table)(batch)
print(tuple(batch.shape), "becomes", tuple(added.shape))
print("sum:    ", added[0].tolist())
print("default:", as_is[0].tolist())
print("by hand:", sum(table[k] for k in batch[0].tolist()).tolist())
try:
    nn.EmbeddingBag.from_pretrained(table)(batch[0])
except ValueError as error:
    message = str(error)
    print("a single sentence, ValueError:", message)
