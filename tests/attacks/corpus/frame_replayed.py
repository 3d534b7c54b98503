"""Tries to send an earlier answer once more."""
# ends: crashed failed timeout
# from: level 1
# with: forging

import os

sent = []
real = os.write


def write(descriptor, data):
    if descriptor == 3:
        sent.append(bytes(data))
        data = sent[0]
    return real(descriptor, data)


os.write = write


def f(x):
    return x
