# wrong: a constant probability
# says: rise|fall|little|constant
# part: counterexample
import torch


def counterexample():
    return torch.zeros(3, 1), torch.zeros(3), 0
