# right
# part: clip
import torch

def clip(gradients, max_norm):
    norm = sum(float(g.double().square().sum()) for g in gradients) ** 0.5
    if norm <= max_norm:
        return [g.clone() for g in gradients]
    return [g.mul(max_norm).div(norm) for g in gradients]
