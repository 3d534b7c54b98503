# wrong: makes them small but not zero
# says: exactly|0|small
# part: identity
import torch

def make_identity_(block):
    last = block.path[len(block.path) - 1]
    with torch.no_grad():
        last.weight.mul_(1e-3)
        last.bias.zero_()
