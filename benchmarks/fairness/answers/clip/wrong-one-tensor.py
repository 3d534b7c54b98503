# wrong: returns one tensor
# says: list|shape
# part: clip
import torch

def clip(gradients, max_norm):
    norm = torch.cat([g.flatten() for g in gradients]).norm()
    factor = max_norm / norm if norm > max_norm else 1.0
    return torch.cat([(g * factor).flatten() for g in gradients])
