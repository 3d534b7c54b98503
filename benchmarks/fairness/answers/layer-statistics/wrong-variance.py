# wrong: the variance for the standard deviation
# says: square|root|variance|std
# part: stats

import torch
from torch import nn


def layer_stats(model, X):
    model.eval()
    means, stds = [], []
    with torch.no_grad():
        for layer in model:
            X = layer(X)
            if isinstance(layer, nn.ReLU):
                means.append(X.mean(0))
                stds.append(X.var(0))
    return means, stds
