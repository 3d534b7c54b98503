"""Tries to keep the worker busy with a tuple of its own that never ends."""
# ends: failed
# from: level 1

class Endless(tuple):
    def __iter__(self):
        while True:
            yield 1

    def __len__(self):
        return 10**9


def f(x):
    return Endless((1, 2))
