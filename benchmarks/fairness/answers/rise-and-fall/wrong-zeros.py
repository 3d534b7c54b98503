# wrong: a constant probability
# says: constant
# part: counterexample
import torch


def counterexample():
    return torch.zeros(3, 1), torch.zeros(3), 0
