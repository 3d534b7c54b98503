"""A recurrent network on all sentences, in packed mini-batches."""

import torch
from datasets import load_dataset
from torch import nn
from torch.nn.utils.rnn import pack_sequence
from torchtext.vocab import build_vocab_from_iterator

from tutor import live

data = load_dataset("glue", "sst2")
parts = [data[split][:6000] for split in ("train", "validation")]
train, held_out = ([text.split() for text in part["sentence"]] for part in parts)
Y, truth = (torch.tensor(part["label"]) for part in parts)
vocabulary = build_vocab_from_iterator(train, min_freq=5, specials=["<UNK>"])
vocabulary.set_default_index(0)
X, fresh = ([torch.tensor(vocabulary(text)) for text in texts] for texts in (train, held_out))

torch.manual_seed(0)
table, rnn, head = nn.Embedding(len(vocabulary), 10), nn.RNN(10, 24), nn.Linear(24, 2)
optimizer = torch.optim.Adam([*table.parameters(), *rnn.parameters(), *head.parameters()], lr=0.005)


def scores(texts):
    return head(rnn(pack_sequence([table(text) for text in texts], enforce_sorted=False))[1].squeeze(0))


accuracies = []
for epoch in range(6):
    for places in torch.randperm(len(X)).split(32):
        optimizer.zero_grad()
        cost = nn.functional.cross_entropy(scores([X[place] for place in places.tolist()]), Y[places])
        cost.backward()
        optimizer.step()
    with torch.no_grad():
        accuracies.append((scores(fresh).argmax(dim=1) == truth).float().mean().item())
    live.log({"accuracy, held out": accuracies[-1]}, step=epoch)
print("accuracy on held-out sentences:", *(f"{accuracy:.3f}" for accuracy in accuracies))
