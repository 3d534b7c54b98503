# wrong: also the last layer
# says: number|length|entr|items|expected
# part: stats

import torch
from torch import nn


def layer_stats(model, X):
    model.eval()
    means, stds = [], []
    with torch.no_grad():
        for layer in model:
            X = layer(X)
            if isinstance(layer, (nn.ReLU, nn.Sigmoid)):
                means.append(X.mean(0))
                stds.append(X.std(0))
    return means, stds
