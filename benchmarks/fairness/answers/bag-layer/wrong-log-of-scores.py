# wrong: returns scores
# says: logarithm|probabilit|add up|log_softmax
# part: layer
from torch import nn

class EmbeddingBagClassify(nn.Module):
    def __init__(self, vocab_size, embed_dim):
        super().__init__()
        self.embedding = nn.EmbeddingBag(vocab_size, embed_dim, mode="sum")
        self.linear = nn.Linear(embed_dim, 2)

    def forward(self, tokens):
        added = self.embedding(tokens.unsqueeze(0)).squeeze(0)
        return self.linear(added)
