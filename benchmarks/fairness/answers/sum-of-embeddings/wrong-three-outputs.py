# wrong: has one output
# says: two outputs|parameter|shape|size
# part: model
import torch
from torch import nn
from torch.nn.functional import nll_loss

class EmbedSumClassify(nn.Module):
    def __init__(self, vocab_size, embed_dim):
        super().__init__()
        self.embedding = nn.Embedding(vocab_size, embed_dim)
        self.linear = nn.Linear(embed_dim, 1)

    def forward(self, tokens):
        vectors = self.embedding(tokens)
        return self.linear(vectors.sum(0)).log_softmax(0)


def train_epoch(model, sentences, labels, lr):
    optimizer = torch.optim.SGD(model.parameters(), lr=lr)
    costs = []
    for sentence, label in zip(sentences, labels, strict=True):
        cost = nll_loss(model(sentence), torch.tensor(label))
        optimizer.zero_grad()
        cost.backward()
        optimizer.step()
        costs.append(cost.item())
    return sum(costs) / len(costs)


def learn(sentences, labels, vocab_size, embed_dim):
    model = EmbedSumClassify(vocab_size, embed_dim)
    nn.init.normal_(model.embedding.weight, std=0.1)
    for _ in range(6):
        train_epoch(model, sentences, labels, 0.1)
    return model
