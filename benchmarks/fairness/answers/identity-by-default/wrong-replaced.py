# wrong: replaces the last layer
# says: layer|replaced|changed|path|trainable|Identity|items are missing
# part: identity
import torch

def make_identity_(block):
    last = block.path[len(block.path) - 1]
    block.path[-1] = torch.nn.Module()
    block.path[-1].forward = lambda x: 0 * x
