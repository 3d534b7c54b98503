# right
# part: gradients
import torch


def output_grads(pred, y):
    error = torch.sub(pred, y)
    return error.mul(2), error.mul(2).div(len(error))
