# wrong: takes the mean of the norms
# says: together|norm|all|mean
# part: clip
import torch

def clip(gradients, max_norm):
    norm = torch.stack([g.norm() for g in gradients]).mean()
    factor = max_norm / norm if norm > max_norm else 1.0
    return [g * factor for g in gradients]
