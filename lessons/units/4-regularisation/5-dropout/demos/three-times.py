"""The same picture three times, in training mode and in prediction mode."""

import torch
from torch import nn

torch.manual_seed(0)
model = nn.Sequential(nn.Linear(784, 100), nn.ReLU(), nn.Dropout(0.5), nn.Linear(100, 10), nn.LogSoftmax(dim=1))
picture = torch.rand(1, 784)
answers = {}
for mode in (True, False):
    model.train(mode)
    answers[mode] = [model(picture)[0, 0].item() for _ in range(3)]
print("training:  ", [f"{one:.3f}" for one in answers[True]])
print("prediction:", [f"{one:.3f}" for one in answers[False]])
