# right
# part: mean
import torch
from torch import nn

def avg_as_conv(channels):
    layer = nn.Conv2d(channels, channels, kernel_size=2, stride=2, groups=channels)
    nn.init.constant_(layer.weight, 1 / 4)
    nn.init.zeros_(layer.bias)
    return layer
