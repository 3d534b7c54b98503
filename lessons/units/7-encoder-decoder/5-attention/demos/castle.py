"""The weights of several queries."""

import matplotlib.pyplot as plt
import torch
from torchtext.vocab import GloVe

words = ["woman", "man", "bicycle", "queen", "house"]
queries = ["girl", "boy", "king", "car", "castle"]
glove = GloVe(name="6B", dim=50, cache="data/glove")
table = torch.stack([(glove.vectors[glove.stoi[q]] * glove.get_vecs_by_tokens(words)).sum(1) for q in queries])
table = table.softmax(dim=1)
for query, row in zip(queries, table, strict=True):
    print(f"{query:7}", " ".join(f"{word} {w:.3f}" for word, w in zip(words, row, strict=True)))
plt.imshow(table, cmap="gray")
plt.xticks(range(5), words)
plt.yticks(range(5), queries)
plt.show()
