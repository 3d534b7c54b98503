"""Tries to open sockets of every other family."""
# ends: passed
# from: level 2

import socket

import torch


def f(x):
    for family in range(1, 46):
        for kind in (1, 2, 3, 5):
            try:
                socket.socket(family, kind)
                print("HARMED:", family, kind)
            except OSError:
                pass
    return torch.softmax(x, -1)
