"""Infinity norms of the gradients, while a stack of two learns fifty sentences by heart."""

import matplotlib.pyplot as plt
import torch
from datasets import load_dataset
from torch import nn
from torchtext.vocab import build_vocab_from_iterator

data = load_dataset("glue", "sst2")["train"]
texts, labels = [text.split() for text in list(data["sentence"])[:6000]], list(data["label"])
vocabulary = build_vocab_from_iterator(texts, min_freq=5, specials=["<UNK>"])
vocabulary.set_default_index(0)
some = [place for place, text in enumerate(texts) if 5 <= len(text) <= 15][:50]

torch.manual_seed(0)
model = nn.ModuleDict({"embedding": nn.Embedding(len(vocabulary), 16), "rnn": nn.RNN(16, 32, 2), "linear": nn.Linear(32, 2)})
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
means = {name: torch.zeros(20) for name, _ in model.named_parameters()}
for epoch in range(20):
    for place in some:
        vectors = model["embedding"](torch.tensor(vocabulary(texts[place])))
        optimizer.zero_grad()
        cost = nn.functional.cross_entropy(model["linear"](model["rnn"](vectors)[1][1]), torch.tensor(labels[place]))
        cost.backward()
        for name, parameter in model.named_parameters():
            means[name][epoch] += parameter.grad.flatten().norm(p=torch.inf) / 50
        optimizer.step()

print(f"{'epoch':18}" + "".join(f"{epoch:9}" for epoch in (0, 2, 4, 9, 14, 19)))
for name, values in means.items():
    print(f"{name:18}" + "".join(f"{values[epoch]:9.4f}" for epoch in (0, 2, 4, 9, 14, 19)))
for name in ("embedding.weight", "rnn.weight_hh_l0", "rnn.weight_hh_l1", "linear.bias"):
    plt.semilogy(means[name], label=name)
plt.legend()
plt.show()
