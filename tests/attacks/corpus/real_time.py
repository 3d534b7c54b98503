"""Tries to run before everybody else on the machine."""
# ends: passed
# from: level 2

import os
import resource

import torch


def f(x):
    for policy in (os.SCHED_FIFO, os.SCHED_RR, os.SCHED_BATCH, os.SCHED_IDLE):
        try:
            os.sched_setscheduler(0, policy, os.sched_param(1 if policy in (1, 2) else 0))
            print("HARMED:", policy)
        except OSError:
            pass
    for kind in (resource.RLIMIT_RTPRIO, resource.RLIMIT_NICE, resource.RLIMIT_SIGPENDING):
        if resource.getrlimit(kind) != (0, 0):
            print("HARMED: it may", kind)
    try:
        os.nice(-5)
        print("HARMED: nicer")
    except OSError:
        pass
    return torch.softmax(x, -1)
