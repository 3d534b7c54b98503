# wrong: takes neighbours from a random place on
# says: random|first|neighbour|same subset
# part: subset
import math
import torch

def random_subset(X, Y, n, seed):
    places = torch.arange(n) + int(torch.randint(len(Y) - n + 1, (), generator=torch.Generator().manual_seed(seed)))
    return X[places], Y[places]


def stopping_point(costs, n, batch_size):
    best = min(range(len(costs)), key=costs.__getitem__)
    return {"epoch": best + 1, "updates": (best + 1) * math.ceil(n / batch_size), "cost": costs[best]}
