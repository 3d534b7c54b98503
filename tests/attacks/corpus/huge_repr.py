"""Tries to fill memory and screen by its own text."""
# ends: failed
# from: level 1

class Loud:
    def __repr__(self):
        return "A" * (1 << 32)

    __str__ = __repr__

    def __format__(self, form):
        return repr(self)


def f(x):
    return Loud()
