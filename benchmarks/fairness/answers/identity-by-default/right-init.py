# right
# part: identity
import torch

def make_identity_(block):
    last = block.path[len(block.path) - 1]
    for one in last.parameters():
        torch.nn.init.zeros_(one)
