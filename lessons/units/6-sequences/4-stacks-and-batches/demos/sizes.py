"""The parameters of a stack of two, and how many there are in stacks of one to three."""

import torch

for name, parameter in torch.nn.RNN(4, 6, num_layers=2).named_parameters():
    print(f"{name:13} {tuple(parameter.shape)}")
totals = []
for layers in (1, 2, 3):
    totals.append(sum(parameter.numel() for parameter in torch.nn.RNN(4, 6, layers).parameters()))
    print(layers, "layers:" if layers > 1 else "layer: ", totals[-1], "parameters")
