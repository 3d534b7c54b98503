# right
# part: subset
import math
import torch

def random_subset(X, Y, n, seed):
    import random

    chosen = random.Random(seed).sample(range(len(Y)), n)
    return torch.stack([X[i] for i in chosen]), Y[chosen]


def stopping_point(costs, n, batch_size):
    best = min(range(len(costs)), key=costs.__getitem__)
    return {"epoch": best + 1, "updates": (best + 1) * math.ceil(n / batch_size), "cost": costs[best]}
