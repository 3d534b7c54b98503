# wrong: a hill where a valley is wanted
# says: hill
# part: valley
import torch


def non_monotone():
    W1, W2 = torch.zeros(20, 784), torch.zeros(10, 20)
    W1[:2, 0] = torch.tensor([2.0, -2.0])
    W2[0, :2] = -1
    return W1, torch.zeros(20), W2, torch.zeros(10)
