"""Tries to list what is mounted where, and who is logged in."""
# ends: passed
# from: level 2
# with: calls

import ctypes
import os

import torch


def f(x):
    for name in ("mountinfo", "mounts", "mountstats", "cgroup", "cpuset", "attr/current", "loginuid", "sessionid"):
        for place in ("/proc/self", "/proc/thread-self", "/proc/1", f"/proc/self/task/{os.getpid()}"):
            try:
                with open(f"{place}/{name}") as file:
                    print("HARMED:", place, name, file.read(100))
            except OSError:
                pass
    blank = ctypes.create_string_buffer(4096)
    harmed_by("listed", call(457, 457, blank, blank, 4096, 0), call(458, 458, blank, blank, 100, 0))
    return torch.softmax(x, -1)
