"""Tries to speak to an agent or a daemon of the learner's."""
# ends: passed
# from: level 2

import socket

import torch


def f(x):
    for place in (SOCKET, "\0" + ABSTRACT):
        try:
            socket.socket(socket.AF_UNIX).connect(place)
        except OSError:
            pass
    return torch.softmax(x, -1)
