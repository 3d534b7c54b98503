"""Tries to send a datagram."""
# ends: passed
# from: level 2

import socket

import torch


def f(x):
    try:
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("127.0.0.1", UDP))
    except OSError:
        pass
    return torch.softmax(x, -1)
