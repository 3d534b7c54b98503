# wrong: the sign of the zero side
# says: negative numbers
# part: graph
import torch


def relu(x):
    return torch.nn.functional.elu(x)
