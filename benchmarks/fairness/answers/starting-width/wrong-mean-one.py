# wrong: has the mean 1
# says: mean
# part: init
import torch

def init_(layer, activation):
    variance = (2 if activation == "relu" else 1) / layer.in_features
    with torch.no_grad():
        layer.weight.normal_(0.1, variance**0.5)
        if layer.bias is not None:
            layer.bias.zero_()
