# wrong: takes a gain for tanh
# says: tanh|variance|1 / n
# part: init
import torch

def init_(layer, activation):
    variance = {"relu": 2, "none": 1, "tanh": 25 / 9}[activation] / layer.in_features
    with torch.no_grad():
        layer.weight.normal_(0, variance**0.5)
        if layer.bias is not None:
            layer.bias.zero_()
