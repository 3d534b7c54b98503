# right
# part: groups
import torch
from torch import nn

def decay_groups(model, lam):
    linear = {id(layer.weight) for layer in model.modules() if isinstance(layer, nn.Linear)}
    return [
        {"params": [one], "weight_decay": lam if id(one) in linear else 0}
        for one in model.parameters()
        if one.requires_grad
    ]


def adamw_step(w, g, m, v, t, lr, lam):
    m = torch.lerp(g, m, 0.9)
    v = torch.lerp(g * g, v, 0.999)
    corrected = m / (1 - 0.9**t)
    root = (v / (1 - 0.999**t)).sqrt()
    return w - lr * lam * w - lr * corrected / (root + 1e-8), m, v
