# right
# part: init
import torch

def init_(layer, activation):
    variance = (2 if activation == "relu" else 1) / layer.in_features
    with torch.no_grad():
        rows, n = layer.weight.shape
        layer.weight.copy_(torch.randn(rows, n) * variance**0.5)
    if layer.bias is not None:
        torch.nn.init.constant_(layer.bias, 0.0)
