"""Tries to fill the disk with files that never had a name."""
# ends: forbidden timeout error
# from: level 1

import os

import torch


def f(x):
    kept = []
    while True:
        kept.append(os.open(".", os.O_TMPFILE | os.O_RDWR))
        os.write(kept[-1], bytes(30 << 20))
