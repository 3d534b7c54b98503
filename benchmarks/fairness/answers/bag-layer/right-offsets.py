# right
# part: layer
import torch
from torch import nn

class EmbeddingBagClassify(nn.Module):
    def __init__(self, vocab_size, embed_dim):
        super().__init__()
        self.embedding = nn.EmbeddingBag(vocab_size, embed_dim, mode="sum")
        self.linear = nn.Linear(embed_dim, 2)

    def forward(self, tokens):
        bag = self.embedding(tokens.view(1, -1))
        return torch.log_softmax(self.linear(bag), dim=1)[0]
