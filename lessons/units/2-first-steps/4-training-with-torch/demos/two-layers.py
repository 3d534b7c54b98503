"""The two parts that the neuron is built from."""

import torch

linear = torch.nn.Linear(2, 1)
sigmoid = torch.nn.Sigmoid()

print(linear)
print(sigmoid)
