"""Which of five words is most similar to each of six?"""

import matplotlib.pyplot as plt
import torch
from torchtext.vocab import GloVe

words = ["woman", "man", "bicycle", "queen", "house"]
queries = ["girl", "boy", "king", "car", "castle", "woman"]
glove = GloVe(name="6B", dim=50, cache="data/glove")
keys, asked = glove.get_vecs_by_tokens(words), glove.get_vecs_by_tokens(queries)
cosines = torch.nn.functional.cosine_similarity(asked[:, None], keys[None], dim=2)
for query, row in zip(queries, cosines, strict=True):
    print(f"{query:7}", " ".join(f"{word} {c:5.2f}" for word, c in zip(words, row, strict=True)))
plt.imshow(cosines, cmap="gray")
plt.xticks(range(5), words)
plt.yticks(range(6), queries)
plt.show()
best = dict(zip(queries, [words[place] for place in cosines.argmax(dim=1)], strict=True))
