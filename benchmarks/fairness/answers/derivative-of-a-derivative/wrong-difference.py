# wrong: a difference quotient in float32 instead of autograd
# says: difference
# part: code
import torch


def second_derivative(f, x0):
    h = 1e-2
    a, b, c = (float(f(torch.tensor(x0 + d))) for d in (-h, 0.0, h))
    return (a - 2 * b + c) / h**2
