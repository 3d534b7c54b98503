# wrong: the gradient of W is transposed
# says: transposed
# part: together
import torch


def grad_H(W, b, x, yt):
    e = torch.softmax(W @ x + b, 0) - yt
    return torch.outer(x, e), e
