"""Tries to run over the end of the stack."""
# ends: crashed error memory timeout
# from: level 1

import sys

sys.setrecursionlimit(10**9)


class Mirror:
    def __repr__(self):
        return repr(self)


def f(x):
    return repr(Mirror())
