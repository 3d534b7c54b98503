"""Tries to fill the disk with files that are on their way in a message."""
# ends: passed
# from: level 2

import os
import socket

import torch


def f(x):
    near, far = socket.socketpair()
    try:
        for _ in range(60):
            with open("gone", "wb") as file:
                os.unlink("gone")
                file.write(bytes(1 << 20))
                socket.send_fds(near, [b"x"], [file.fileno()])
        print("HARMED: files are in flight")
    except OSError:
        pass
    return torch.softmax(x, -1)
