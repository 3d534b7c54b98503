"""The first step of a decoder with attention, and what has which shape."""

import torch
from torch import nn

torch.manual_seed(0)
H, E, V = 32, 16, 100
annotations, state, word = torch.randn(7, H), torch.zeros(H), torch.randn(E)
scores = torch.stack([state.dot(one) for one in annotations])
weights = scores.softmax(dim=0)
context = sum(weight * one for weight, one in zip(weights, annotations, strict=True))
parts = nn.Linear(E, H)(word), nn.Linear(H, H)(state), nn.Linear(H, H)(context)
new_state = torch.stack(parts).sum(dim=0).tanh()
log_probs = nn.Linear(H, V)(new_state).log_softmax(dim=0)
for name in ("annotations", "state", "word", "scores", "weights", "context", "new_state", "log_probs"):
    print(f"{name:11}", list(globals()[name].shape))
print("weights:", [round(w, 4) for w in weights.tolist()])
