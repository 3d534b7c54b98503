"""Tries to take a neighbour's processor and priority away."""
# ends: passed
# from: level 2

import os

import torch


def f(x):
    for change in (
        lambda: os.sched_setaffinity(VICTIM, {0}),
        lambda: os.setpriority(os.PRIO_PROCESS, VICTIM, 19),
        lambda: os.sched_setscheduler(VICTIM, os.SCHED_IDLE, os.sched_param(0)),
    ):
        try:
            change()
            print("HARMED")
        except OSError:
            pass
    return torch.softmax(x, -1)
