"""Tries to fill the disk with files that have no name any more."""
# ends: forbidden timeout
# from: level 1

import os


def f(x):
    kept = []
    while True:
        kept.append(open("gone", "wb"))
        os.unlink("gone")
        for _ in range(48):
            kept[-1].write(bytes(1 << 20))
