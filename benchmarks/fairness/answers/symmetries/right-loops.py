# right
# part: equal-weights

import torch


def first_gradient(X, labels, K):
    n, d = X.shape
    G = torch.zeros(K, d, dtype=torch.float64)
    for k in range(K):
        weights = 1 / K - (labels == k).double()
        G[k] = (weights[:, None] * X).mean(0)
    return G
