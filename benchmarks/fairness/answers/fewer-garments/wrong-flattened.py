# wrong: flattens the rows
# says: shape|size
# part: subset
import math
import torch

def random_subset(X, Y, n, seed):
    places = torch.randperm(len(Y), generator=torch.Generator().manual_seed(seed))[:n]
    return X[places].flatten(1), Y[places]


def stopping_point(costs, n, batch_size):
    best = min(range(len(costs)), key=costs.__getitem__)
    return {"epoch": best + 1, "updates": (best + 1) * math.ceil(n / batch_size), "cost": costs[best]}
