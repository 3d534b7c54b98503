# wrong: changes the gradients that it gets
# says: in place|stay|changed
# part: clip
import torch

def clip(gradients, max_norm):
    norm = torch.cat([g.flatten() for g in gradients]).norm()
    factor = max_norm / norm if norm > max_norm else 1.0
    return [g.mul_(factor) for g in gradients]
