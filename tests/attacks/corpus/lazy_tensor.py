"""Tries to return a tensor that computes only when it is looked at."""
# ends: failed
# from: level 1

import torch


class Lazy(torch.Tensor):
    @staticmethod
    def __new__(cls, like):
        return torch.Tensor._make_wrapper_subclass(cls, like.shape, dtype=like.dtype)

    @classmethod
    def __torch_dispatch__(cls, function, types, args=(), kwargs=None):
        return torch.zeros(3, 4)


def f(x):
    return Lazy(x)
