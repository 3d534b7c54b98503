# wrong: takes every k-th sample
# says: random|seed
# part: subset
import math
import torch

def random_subset(X, Y, n, seed):
    places = torch.arange(0, len(Y), len(Y) // n)[:n]
    return X[places], Y[places]


def stopping_point(costs, n, batch_size):
    best = min(range(len(costs)), key=costs.__getitem__)
    return {"epoch": best + 1, "updates": (best + 1) * math.ceil(n / batch_size), "cost": costs[best]}
