# wrong: multiplies by the inverse
# says: upside|invers|factor|divid
# part: clip
import torch

def clip(gradients, max_norm):
    norm = torch.cat([g.flatten() for g in gradients]).norm()
    factor = norm / max_norm if norm > max_norm else 1.0
    return [g * factor for g in gradients]
