"""Parameters from ten numbers to eight: with a kernel of three, and fully connected."""

from torch import nn

counts = {}
for name, layer in (("convolution", nn.Conv1d(1, 1, 3)), ("fully connected", nn.Linear(10, 8))):
    counts[name] = sum(one.numel() for one in layer.parameters())
    print(f"{name}: {' + '.join(str(one.numel()) for one in layer.parameters())} = {counts[name]}")
