# wrong: the sum over the other classes is missing
# says: sum|other classes|mean|was expected
# part: formula
import torch


def dy_dx(W, b, x):
    y = torch.softmax(W @ x + b, 0)
    return (y * (1 - y))[:, None] * W
