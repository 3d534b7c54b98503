"""Tries to send an open file by every call that sends messages."""
# ends: passed
# from: level 2
# with: calls

import ctypes
import socket

import torch


def f(x):
    near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    blank = ctypes.create_string_buffer(256)
    harmed_by("sent", call(46, 211, near.fileno(), blank, 0), call(307, 269, near.fileno(), blank, 1, 0))
    harmed_by("received", call(47, 212, far.fileno(), blank, 0x40), call(299, 243, far.fileno(), blank, 1, 0x40, None))
    return torch.softmax(x, -1)
