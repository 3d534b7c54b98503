"""The same words in another order, and 100 such pairs, before training and after it."""

from itertools import product

import torch
from datasets import load_dataset
from torch.nn.functional import cross_entropy
from torchtext.vocab import build_vocab_from_iterator

data = load_dataset("glue", "sst2")["train"]
texts, labels = list(data["sentence"])[:6000], torch.tensor(list(data["label"])[:6000])
vocabulary = build_vocab_from_iterator(map(str.split, texts), min_freq=5, specials=["<UNK>"])
vocabulary.set_default_index(0)


def scores(text):
    return table[vocabulary(text.split())].sum(dim=0) @ W.T


words = ("very really quite truly", "good funny fresh clever moving", "bad dull boring flat bland")
pairs = [(f"{a} {b} , not {c}", f"{a} {c} , not {b}") for a, b, c in product(*map(str.split, words))]
torch.manual_seed(0)
table, W = torch.randn(len(vocabulary), 10, requires_grad=True), torch.randn(2, 10, requires_grad=True)
chances, shares, optimizer = [], [], torch.optim.SGD([table, W], lr=0.05)
for epoch in range(2):
    for text in pairs[0]:
        chances.append(scores(text).softmax(dim=0))
        print(epoch, text, vocabulary(text.split()), chances[-1].tolist())
    right = sum((scores(one).argmax() == 1) + (scores(other).argmax() == 0) for one, other in pairs).item()
    shares.append(right / 200)
    print(f"  right on {right} of the 200 sentences of the pairs")
    for text, label in zip(texts, labels):
        optimizer.zero_grad()
        cross_entropy(scores(text), label).backward()
        optimizer.step()
