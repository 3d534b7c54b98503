"""Tries to kill another program of the same user."""
# ends: passed
# from: level 2

import os
import signal

import torch


def f(x):
    for number in (15, 9, 19):
        try:
            os.kill(VICTIM, number)
        except OSError:
            pass
    try:
        signal.pidfd_send_signal(os.pidfd_open(VICTIM), 9)
    except OSError:
        pass
    return torch.softmax(x, -1)
