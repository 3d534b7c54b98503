# wrong: scales to the norm 1
# says: max_norm|norm|ignor|1
# part: clip
import torch

def clip(gradients, max_norm):
    norm = torch.cat([g.flatten() for g in gradients]).norm()
    factor = 1 / norm if norm > max_norm else 1.0
    return [g * factor for g in gradients]
