# right
# part: jacobians

import torch


def grad_parallel(J1, J2, J3u, J3v, g):
    through_b2 = (g[None, :] @ J3u @ J2).flatten()
    through_b1 = (g[None, :] @ J3v @ J1).flatten()
    return torch.add(through_b2, through_b1)
