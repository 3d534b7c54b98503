"""Fixed vectors: what is trained, how well it does, and how long a step takes."""

from time import perf_counter

import torch
from datasets import load_dataset
from torch import nn
from torchtext.vocab import GloVe

data, glove = load_dataset("glue", "sst2"), GloVe(name="6B", dim=50, cache="data/glove")
sets = []
for split in ("train", "validation"):
    texts = list(data[split]["sentence"])[:6000]
    fixed = torch.stack([glove.get_vecs_by_tokens(text.split()).sum(dim=0) for text in texts])
    sets.append((fixed / 10, torch.tensor(list(data[split]["label"])[:6000])))

torch.manual_seed(0)
head = nn.Linear(50, 2)
optimizer = torch.optim.Adam(head.parameters(), lr=0.05)
for step in range(300):
    optimizer.zero_grad()
    nn.functional.cross_entropy(head(sets[0][0]), sets[0][1]).backward()
    optimizer.step()
accuracies = [(head(X).argmax(dim=1) == Y).float().mean().item() for X, Y in sets]
print("accuracy: {:.3f} in training, {:.3f} held out".format(*accuracies))

table, trained = nn.Embedding(11222, 50), {}
for name, layers in (("fixed", [head]), ("learned", [table, head])):
    trained[name] = parameters = [parameter for layer in layers for parameter in layer.parameters()]
    optimizer, times = torch.optim.SGD(parameters, lr=0.0), []
    for _ in range(30):
        start = perf_counter()
        features = table(torch.tensor([5, 6, 7])).sum(dim=0) if name == "learned" else sets[0][0][0]
        optimizer.zero_grad()
        head(features)[0].backward()
        optimizer.step()
        times.append(perf_counter() - start)
    print(f"{name:8} {sum(one.numel() for one in parameters):7,} parameters, a step in {1e6 * min(times):.0f} microseconds")
