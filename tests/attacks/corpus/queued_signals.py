"""Tries to use up the signals that a user's programs can queue, by sending them to itself."""
# ends: passed
# from: level 1

import os
import signal
import time

import torch


def f(x):
    signals = {signal.SIGRTMIN, signal.SIGRTMIN + 3, signal.SIGRTMAX}
    signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    for _ in range(5_000):
        for number in signals:
            try:
                os.kill(os.getpid(), number)
            except OSError:
                break
    time.sleep(0.1)
    return torch.softmax(x, -1)
