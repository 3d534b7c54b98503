"""The first steps of a decoder that has learned nothing."""

import math

import torch
from torch import nn

torch.manual_seed(0)
embedding, cell, output = nn.Embedding(32, 16), nn.RNNCell(16, 32), nn.Linear(32, 32)
state, token, total = torch.randn(32) / 4, torch.tensor(2), 0.0
costs = []
for step, correct in enumerate([4, 10, 16, 24, 11, 1]):
    state = cell(embedding(token), state)
    scores = output(state)
    cost = nn.functional.cross_entropy(scores, torch.tensor(correct)).item()
    total += cost
    costs.append(cost)
    print(
        f"step {step}: reads {token.item():2}, writes {scores.argmax().item():2}, should write {correct:2}, cost {total:5.2f}"
    )
    token = scores.argmax()
print(f"{total / 6:.2f} a token; ln 32 = {math.log(32):.2f}")
