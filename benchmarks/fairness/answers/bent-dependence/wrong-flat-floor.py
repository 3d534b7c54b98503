# wrong: falls but never rises
# says: rise|one hidden|It is
# part: valley
import torch


def non_monotone():
    W1, b1, W2, b2 = torch.zeros(20, 784), torch.zeros(20), torch.zeros(10, 20), torch.zeros(10)
    W1[0, 0], W2[0, 0] = -1, 1
    return W1, b1, W2, b2
