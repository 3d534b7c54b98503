"""Tries to raise its own limits again."""
# ends: passed
# from: level 1

import resource

import torch


def f(x):
    for name in ("AS", "CPU", "FSIZE", "NOFILE"):
        try:
            resource.setrlimit(getattr(resource, "RLIMIT_" + name), (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            print("HARMED:", name)
        except (ValueError, OSError):
            pass
    return torch.softmax(x, -1)
