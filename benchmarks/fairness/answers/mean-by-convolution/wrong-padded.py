# wrong: pads the picture
# says: pad|size|shape
# part: mean
import torch
from torch import nn

def avg_as_conv(channels):
    layer = nn.Conv2d(channels, channels, 2, 2, padding=1, bias=False)
    with torch.no_grad():
        layer.weight.zero_()
        for one in range(channels):
            layer.weight[one, one] = 0.25
    return layer
