"""What a transformer block is made of."""

from torch import nn

layer = nn.TransformerEncoderLayer(d_model=12, nhead=3, dim_feedforward=48)
for name, parameter in layer.named_parameters():
    print(f"{name:24}", list(parameter.shape))
count = sum(parameter.numel() for parameter in layer.parameters())
print(count, "parameters, for sentences of any length")
