"""An embedding layer looks up rows of a matrix."""

import torch
from torch import nn

torch.manual_seed(0)
embedding = nn.Embedding(11222, 3)
index = torch.tensor([1234])
vector = embedding(index)
print(vector, tuple(vector.shape))
print(embedding.weight[index], tuple(embedding.weight.shape), embedding.weight.numel(), "parameters")

one_hot = torch.zeros(1, 11222)
one_hot[0, 1234] = 1
product = one_hot @ embedding.weight
print("a one-hot row times the matrix:", product)
sentence = torch.tensor([2924, 61, 330, 2, 89, 1993, 549])
print("a sentence of", len(sentence), "tokens becomes", tuple(embedding(sentence).shape))
