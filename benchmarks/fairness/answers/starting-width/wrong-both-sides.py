# wrong: takes the mean of inputs and outputs
# says: inputs|outputs|variance
# part: init
import torch

def init_(layer, activation):
    variance = (2 if activation == "relu" else 1) / (0.5 * layer.in_features + 0.5 * layer.out_features)
    with torch.no_grad():
        layer.weight.normal_(0, variance**0.5)
        if layer.bias is not None:
            layer.bias.zero_()
