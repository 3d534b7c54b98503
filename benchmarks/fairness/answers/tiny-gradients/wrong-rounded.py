# wrong: takes the decision instead of the probability
# says: round|decision|probabilit|0 or 1|whole
# part: points
import torch

def point_gradients(params, X, Y, i_black, i_white):
    return all_gradients(params, X, Y)[[i_black, i_white]]


def all_gradients(params, X, Y):
    inputs = torch.cat([X, torch.ones(len(X), 1, dtype=X.dtype)], dim=1)
    return (torch.sigmoid(inputs @ params).round() - Y)[:, None] * inputs
