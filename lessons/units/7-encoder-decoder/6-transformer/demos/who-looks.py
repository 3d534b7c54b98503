"""Who looks at whom, where each word is query and key by its own vector."""

from torchtext.vocab import GloVe
from tutor import live

glove = GloVe(name="6B", dim=50, cache="data/glove")
words = "the king and his queen left the castle by train".split()
X = glove.get_vecs_by_tokens(words)
scores = X @ X.T / 50**0.5
weights = scores.exp() / scores.exp().sum(dim=1, keepdim=True)
live.show(weights, title="rows ask, columns answer")
most = weights.argsort(dim=1, descending=True)[:, :2].tolist()
for place in (1, 4, 7):
    first, second = (words[other] for other in most[place])
    print(f"{words[place]:7} looks at {first}, then at {second}")
