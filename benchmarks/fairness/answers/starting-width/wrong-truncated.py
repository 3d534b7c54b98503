# wrong: cuts the distribution off
# says: normal|1.9|tail|distribution|another variance
# part: init
import torch

def init_(layer, activation):
    variance = (2 if activation == "relu" else 1) / layer.in_features
    with torch.no_grad():
        torch.nn.init.trunc_normal_(layer.weight, std=variance**0.5, a=-1.5 * variance**0.5, b=1.5 * variance**0.5)
        if layer.bias is not None:
            layer.bias.zero_()
