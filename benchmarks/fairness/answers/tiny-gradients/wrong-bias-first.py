# wrong: puts the derivative of the bias in front
# says: bias|order|column|place
# part: points
import torch

def point_gradients(params, X, Y, i_black, i_white):
    return all_gradients(params, X, Y)[[i_black, i_white]]


def all_gradients(params, X, Y):
    inputs = torch.cat([torch.ones(len(X), 1, dtype=X.dtype), X], dim=1)
    return (torch.sigmoid(X @ params[:2] + params[2]) - Y)[:, None] * inputs
