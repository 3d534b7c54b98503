"""Tries to connect to another machine."""
# ends: passed
# from: level 2

import socket

import torch


def f(x):
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        try:
            connection = socket.socket(family, socket.SOCK_STREAM)
            connection.settimeout(1)
            connection.connect((host, TCP))
        except OSError:
            pass
    return torch.softmax(x, -1)
