# wrong: no 1 on the diagonal
# says: diagonal|sum|1|off by
# part: log-softmax

import torch


def jacobian(U):
    Y = torch.softmax(U, 0)
    return -Y.expand(len(U), len(U))
