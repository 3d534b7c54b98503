"""Tries to get past `except Exception`."""
# ends: error
# from: level 1

class Sly(BaseException):
    __module__ = property(lambda self: 1 / 0)

    def __class__(self):
        return int


def f(x):
    raise Sly("got through")
