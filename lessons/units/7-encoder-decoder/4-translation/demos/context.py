"""The way of a sentence of eleven tokens through an encoder."""

import torch
from torch import nn

torch.manual_seed(0)
embedding, lstm = nn.Embedding(27, 16), nn.LSTM(16, 32)
tokens = torch.tensor([15, 10, 4, 12, 21, 5, 7, 6, 11, 2, 1])
embedded = embedding(tokens)
history, _ = lstm(embedded[:, None])
stages = {"tokens": tokens, "embedded": embedded, "history": history, "context": history[-1, 0]}
for name, tensor in stages.items():
    print(f"{name:9}", list(tensor.shape))
