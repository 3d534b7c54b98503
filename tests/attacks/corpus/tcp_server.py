"""Tries to wait for connections."""
# ends: passed
# from: level 2

import socket

import torch


def f(x):
    try:
        server = socket.create_server(("127.0.0.1", 0))
        print("HARMED", server.getsockname())
    except OSError:
        pass
    return torch.softmax(x, -1)
