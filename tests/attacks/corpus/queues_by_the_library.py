"""Tries to do all of this to queues and semaphores by the C library's own functions."""
# ends: passed
# from: level 2

import ctypes

import torch


def f(x):
    libc = ctypes.CDLL(None, use_errno=True)
    taken = ctypes.create_string_buffer(4096)
    for attempt in (
        lambda: libc.msgrcv(QUEUE, taken, 4000, 0, 0o4000),
        lambda: libc.semctl(SEMAPHORE, 0, 0),
        lambda: libc.msgctl(QUEUE, 0, None),
        lambda: libc.shmctl(SEGMENT, 0, None),
        lambda: libc.mq_unlink(POSIX_QUEUE.encode()),
        lambda: libc.mq_open(POSIX_QUEUE.encode(), 0),
    ):
        if attempt() >= 0:
            print("HARMED", taken.raw[8:60])
    return torch.softmax(x, -1)
