"""Tries to take hold of the process at the other end of its channel."""
# ends: passed
# from: level 2

import os
import socket

import torch


def f(x):
    channel = socket.socket(fileno=os.dup(3))
    for option in (17, 31, 59, 77, 42, 76):
        try:
            print("HARMED:", option, channel.getsockopt(socket.SOL_SOCKET, option, 64))
        except OSError:
            pass
    channel.close()
    return torch.softmax(x, -1)
