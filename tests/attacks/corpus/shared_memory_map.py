"""Tries to allocate memory that no limit on data counts."""
# ends: error memory timeout
# from: level 1

import mmap


def f(x):
    area = mmap.mmap(-1, 12 << 30)
    for place in range(0, 12 << 30, 4096):
        area[place] = 1
    return x
