# wrong: returns a tensor and leaves the layer
# says: in place|None|layer|return
# part: init
import torch

def init_(layer, activation):
    variance = (2 if activation == "relu" else 1) / layer.in_features
    with torch.no_grad():
        return torch.randn_like(layer.weight) * variance**0.5
