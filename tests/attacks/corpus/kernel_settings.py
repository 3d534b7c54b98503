"""Tries to change settings of the kernel and of itself under /proc and /sys."""
# ends: passed
# from: level 2

import os

import torch


def f(x):
    for place in ("/proc/sys/kernel/core_pattern", "/proc/self/oom_score_adj", "/proc/sysrq-trigger", "/sys/power/state"):
        try:
            os.open(place, os.O_WRONLY)
            print("HARMED:", place)
        except OSError:
            pass
    return torch.softmax(x, -1)
