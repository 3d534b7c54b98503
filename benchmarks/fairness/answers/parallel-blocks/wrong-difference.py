# wrong: subtracts the second path
# says: differ|path|sign|added
# part: jacobians

import torch


def grad_parallel(J1, J2, J3u, J3v, g):
    return g @ J3u @ J2 - g @ J3v @ J1
