"""Three channels in, eight out."""

import torch
from torch import nn

layer = nn.Conv1d(3, 8, kernel_size=5)
sound = torch.randn(2, 3, 100)
parameters = sum(one.numel() for one in layer.parameters())
print(f"weights {list(layer.weight.shape)}, biases {list(layer.bias.shape)}: {parameters} parameters")
print(f"from {list(sound.shape)} to {list(layer(sound).shape)}")
print(r"""
  channel 1  . . [o o o o o] . . . \
  channel 2  . . [o o o o o] . . .  -- 15 products, one sum, one bias -->  . . o . . .  of one output channel
  channel 3  . . [o o o o o] . . . /
""")
