# wrong: counts the updates of all epochs
# says: update|epoch|all
# part: point
import math
import torch

def random_subset(X, Y, n, seed):
    places = torch.randperm(len(Y), generator=torch.Generator().manual_seed(seed))[:n]
    return X[places], Y[places]


def stopping_point(costs, n, batch_size):
    best = min(range(len(costs)), key=costs.__getitem__)
    return {"epoch": best + 1, "updates": len(costs) * math.ceil(n / batch_size), "cost": costs[best]}
