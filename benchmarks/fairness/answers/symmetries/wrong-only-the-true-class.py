# wrong: only the row of the true class gets a derivative
# says: differ|label|class
# part: equal-weights

import torch


def first_gradient(X, labels, K):
    G = torch.zeros(K, X.shape[1], dtype=torch.float64)
    for x, k in zip(X, labels):
        G[k] += (1 / K - 1) * x / len(X)
    return G
