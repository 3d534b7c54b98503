"""The two parts of which the neuron is built."""

import torch

linear = torch.nn.Linear(2, 1)
sigmoid = torch.nn.Sigmoid()

print(linear)
print(sigmoid)
