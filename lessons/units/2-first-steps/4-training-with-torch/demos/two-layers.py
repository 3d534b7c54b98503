"""The two parts of which the neuron is built."""

import torch

from tutor import live

linear = torch.nn.Linear(2, 1)
sigmoid = torch.nn.Sigmoid()

print(linear)
print(sigmoid)

live.log({"linear": str(linear), "sigmoid": str(sigmoid)})
