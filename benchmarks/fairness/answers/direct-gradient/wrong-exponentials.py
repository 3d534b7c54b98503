# wrong: a quotient of exponentials overflows for points far from the line
# says: overflow|exponential
# part: direct
import torch


def calc_grad_direct(params, X, Y):
    grown = (params[0] * X[:, 0] + params[1] * X[:, 1] + params[2]).exp()
    error = grown / (grown + 1) - Y
    return torch.stack([(error * X[:, 0]).mean(), (error * X[:, 1]).mean(), error.mean()])
