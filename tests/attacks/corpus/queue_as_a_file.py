"""Tries to reach queues and semaphores as the files that they are elsewhere."""
# ends: passed
# from: level 2

import os

import torch


def f(x):
    for folder in ("/dev/mqueue", "/dev/shm"):
        for attempt in (
            lambda: os.listdir(folder),
            lambda: open(folder + POSIX_QUEUE),
            lambda: open(f"{folder}/sem.{NAMED_SEMAPHORE[1:]}", "r+b"),
            lambda: os.unlink(folder + POSIX_QUEUE),
            lambda: os.unlink(f"{folder}/sem.{NAMED_SEMAPHORE[1:]}"),
            lambda: open(f"{folder}/dl-tutor-harmed", "w"),
        ):
            try:
                print("HARMED:", folder, attempt())
            except OSError:
                pass
    return torch.softmax(x, -1)
