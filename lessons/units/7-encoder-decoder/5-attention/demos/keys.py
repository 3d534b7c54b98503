"""Five words as vectors."""

from torchtext.vocab import GloVe

words = ["woman", "man", "bicycle", "queen", "house"]
keys = GloVe(name="6B", dim=50, cache="data/glove").get_vecs_by_tokens(words)
print(list(keys.shape), keys.dtype, keys.requires_grad)
