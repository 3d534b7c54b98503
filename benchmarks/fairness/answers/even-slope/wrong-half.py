# wrong: forgets that the velocity grows only slowly: average of first and last step
# says: velocity|position|sum|differ
# part: position

import torch


def params_after(c, alpha, beta, T):
    first, last = 1.0, (1 - beta**T) / (1 - beta)
    return -alpha * c * T * (first + last) / 2
