"""Tries to read where a link in the home leads to."""
# ends: passed
# from: level 2

import os
import pathlib

import torch


def f(x):
    link = HOME + "/.ssh/link"
    for attempt in (lambda: os.readlink(link), lambda: str(pathlib.Path(link).readlink()), lambda: os.readlink(link.encode())):
        try:
            print("HARMED:", attempt())
        except OSError:
            pass
    return torch.softmax(x, -1)
