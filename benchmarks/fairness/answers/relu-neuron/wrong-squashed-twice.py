# wrong: the sigmoid of a ReLU never falls below one half
# says: one half|below 0\.1
# part: repaired
import torch


def model(params, X):
    z = params[0] * X[:, 0] + params[1] * X[:, 1] + params[2]
    return 1 / (1 + torch.exp(-z.clamp(min=0, max=30)))
