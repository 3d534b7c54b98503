"""Tries to open devices of the machine."""
# ends: passed
# from: level 2

import os

import torch


def f(x):
    for place in ("/dev/mem", "/dev/kmsg", "/dev/sda", "/dev/vda", "/dev/fuse", "/dev/net/tun", "/dev/ptmx", "/dev/tty"):
        try:
            os.open(place, os.O_RDWR)
            print("HARMED:", place)
        except OSError:
            pass
    return torch.softmax(x, -1)
