# wrong: returns the block
# says: None
# part: identity
import torch

def make_identity_(block):
    last = block.path[len(block.path) - 1]
    with torch.no_grad():
        last.weight.zero_()
        last.bias.zero_()
    return block
