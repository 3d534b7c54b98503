# wrong: infinity by division, with the sign of x
# says: infinit|in place|sign
# part: choose
import torch


def positives_or_inf(X):
    return torch.where(X > 0, X, X / 0.0)
