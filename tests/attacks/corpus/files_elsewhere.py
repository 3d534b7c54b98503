"""Tries to write wherever there is room."""
# ends: passed
# from: level 2

import torch


def f(x):
    for place in ("/tmp", "/var/tmp", "/dev/shm", "/run", "/", HOME, ".."):
        try:
            open(place + "/dl-tutor-harmed", "w").write("A" * 1000)
            print("HARMED:", place)
        except OSError:
            pass
    return torch.softmax(x, -1)
