"""Fifty sentences, learned by heart."""

import torch
from datasets import load_dataset
from torch import nn
from torchtext.vocab import build_vocab_from_iterator

from tutor import live

data = load_dataset("glue", "sst2")
texts = {split: [text.split() for text in data[split][:6000]["sentence"]] for split in ("train", "validation")}
vocabulary = build_vocab_from_iterator(texts["train"], min_freq=5, specials=["<UNK>"])
vocabulary.set_default_index(0)
sets = {}
for split, count in (("train", 50), ("validation", 200)):
    some = [place for place, text in enumerate(texts[split]) if 5 <= len(text) <= 15][:count]
    labels = list(data[split]["label"])
    sets[split] = [(torch.tensor(vocabulary(texts[split][place])), torch.tensor(labels[place])) for place in some]

torch.manual_seed(0)
table, rnn, head = nn.Embedding(len(vocabulary), 16), nn.RNN(16, 32), nn.Linear(32, 2)
optimizer = torch.optim.SGD([*table.parameters(), *rnn.parameters(), *head.parameters()], lr=0.05)


def scores(tokens):
    return head(rnn(table(tokens))[1].flatten())


costs, rates = {"train": [], "validation": []}, {}
for epoch in range(41):
    for tokens, label in sets["train"]:
        optimizer.zero_grad()
        nn.functional.cross_entropy(scores(tokens), label).backward()
        optimizer.step()
    with torch.no_grad():
        for split, pairs in sets.items():
            results = torch.stack([scores(tokens) for tokens, _ in pairs])
            labels = torch.stack([label for _, label in pairs])
            costs[split].append(nn.functional.cross_entropy(results, labels).item())
            rates[split] = (results.argmax(dim=1) == labels).float().mean().item()
    live.log({"train/cost": costs["train"][-1], "test/cost": costs["validation"][-1]}, step=epoch)
    if epoch in (0, 10, 20, 40):
        print(epoch, *(f"{split}: {costs[split][-1]:.4f}, {rates[split]:.0%} right" for split in sets))
