# wrong: the square of the length
# says: root|square
# part: length

import torch


def step_length(c, alpha, beta, T):
    return alpha * (c @ c) * (1 - beta**T) / (1 - beta)
