"""Tries to list the sockets of the machine from a folder that was opened as a path."""
# ends: passed
# from: level 2

import os

import torch


def f(x):
    for path, name in (("/proc/self", "net/unix"), ("/proc/self/net", "unix"), ("/proc", "self/net/tcp"), ("/proc/self/task", f"{os.getpid()}/net/dev")):
        folder = os.open(path, os.O_PATH)
        for attempt in (
            lambda: os.open(name, os.O_RDONLY, dir_fd=folder),
            lambda: os.open(f"/proc/self/fd/{folder}/{name}", os.O_RDONLY),
        ):
            try:
                print("HARMED:", path, name, os.read(attempt(), 100))
            except OSError:
                pass
        os.close(folder)
    return torch.softmax(x, -1)
