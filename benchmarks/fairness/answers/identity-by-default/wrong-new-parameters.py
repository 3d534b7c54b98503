# wrong: puts tensors without gradient in their place
# says: trainable|parameter|gradient
# part: identity
import torch

def make_identity_(block):
    last = block.path[len(block.path) - 1]
    last.weight = torch.nn.Parameter(torch.zeros_like(last.weight), requires_grad=False)
    last.bias = torch.nn.Parameter(torch.zeros_like(last.bias), requires_grad=False)
