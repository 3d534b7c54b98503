"""Tries to be judged as out of memory by an exception's name."""
# ends: error
# from: level 1

class MemoryError(Exception):
    pass


def f(x):
    raise MemoryError('not the real one')
