"""Two words in GloVe's table."""

from torchtext.vocab import GloVe

glove = GloVe(name="6B", dim=50, cache="data/glove")
found = glove.get_vecs_by_tokens(["It's", "cool"])
print(tuple(found.shape), found.dtype, "requires_grad:", found.requires_grad)
for token, vector in zip(["It's", "cool"], found):
    print(f"{token:5s} length {vector.norm():.2f}, begins with {[round(number, 2) for number in vector[:4].tolist()]}")
