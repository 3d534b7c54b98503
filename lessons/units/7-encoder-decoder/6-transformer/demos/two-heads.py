"""Two things to look for, and two heads."""

import torch
from torch import nn
from tutor import live

torch.manual_seed(0)
kinds, E, T = 8, 32, 10
tokens, places = nn.Embedding(kinds, E), nn.Embedding(T, E)
attention, output = nn.MultiheadAttention(E, 2, batch_first=True), nn.Linear(E, 2 * kinds)
parameters = nn.ModuleList([tokens, places, attention, output]).parameters()
optimizer = torch.optim.Adam(parameters, lr=0.01)
for step in range(400):
    sentences = torch.randint(kinds, (32, T))
    X = tokens(sentences) + places.weight
    mixed, weights = attention(X, X, X, average_attn_weights=False)
    scores = output(mixed).unflatten(-1, (2, kinds)).flatten(0, 2)
    right = torch.stack([sentences.roll(1, dims=1), sentences.roll(3, dims=1)], dim=-1).flatten()
    cost = nn.functional.cross_entropy(scores, right)
    optimizer.zero_grad()
    cost.backward()
    optimizer.step()
    live.log({"cost": cost.item()}, step=step)
accuracy = (scores.argmax(dim=1) == right).float().mean().item()
maps = weights.mean(dim=0).detach()
live.show(maps, title=["first head", "second head"])
print(f"accuracy {accuracy:.3f}; token 5 looks at", maps[:, 5].argmax(dim=1).tolist())
