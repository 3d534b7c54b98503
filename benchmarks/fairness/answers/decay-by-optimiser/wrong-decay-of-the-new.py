# wrong: decays the weights after Adam's step
# says: before|after|decay
# part: adamw
import torch
from torch import nn

def decay_groups(model, lam):
    decayed = [layer.weight for layer in model.modules() if isinstance(layer, nn.Linear)]
    places = {one.data_ptr() for one in decayed}
    rest = [one for one in model.parameters() if one.data_ptr() not in places]
    lists = [[one for one in group if one.requires_grad] for group in (decayed, rest)]
    return [{"params": one, "weight_decay": decay} for one, decay in zip(lists, (lam, 0.0), strict=True) if one]


def adamw_step(w, g, m, v, t, lr, lam):
    m = torch.lerp(g, m, 0.9)
    v = torch.lerp(g * g, v, 0.999)
    corrected = m / (1 - 0.9**t)
    root = (v / (1 - 0.999**t)).sqrt()
    new = w - lr * corrected / (root + 1e-8)
    return new - lr * lam * new, m, v
