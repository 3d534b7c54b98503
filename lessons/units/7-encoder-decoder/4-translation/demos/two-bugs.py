"""A context with a batch axis, and what becomes of it."""

import torch
from torch import nn

torch.manual_seed(0)
cell, output, context, word = nn.RNNCell(16, 32), nn.Linear(32, 100), torch.randn(1, 32), torch.randn(16)
try:
    cell(word, context)
except RuntimeError as error:
    message = str(error)
    print("loud:", message)
scores = output(cell(word[None], context))
wrong, right = nn.LogSoftmax(dim=0)(scores), nn.LogSoftmax(dim=1)(scores)
print("silent:", list(wrong.shape), "largest log-probability", wrong.max().item(), "smallest", wrong.min().item())
print("  most probable token:", wrong.argmax().item(), "- cost:", -wrong[0, 42].item())
print("along dim=1: cost", round(-right[0, 42].item(), 2))
