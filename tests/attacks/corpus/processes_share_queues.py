"""Tries to make queues, locks and memory for processes as Python's own modules do."""
# ends: passed
# from: level 2

import multiprocessing
from multiprocessing import shared_memory

import torch


def f(x):
    for attempt in (
        lambda: multiprocessing.Queue(),
        lambda: multiprocessing.Semaphore(3),
        lambda: multiprocessing.Pool(1),
        lambda: multiprocessing.Manager(),
        lambda: shared_memory.SharedMemory(create=True, size=4096, name="dl-tutor-harmed"),
        lambda: torch.ones(3).share_memory_(),
    ):
        try:
            print("HARMED:", attempt())
        except (OSError, RuntimeError, EOFError):
            pass
    return torch.softmax(x, -1)
