"""Tries to hang whoever asks its exception for its text."""
# ends: timeout
# from: level 1

class Hanging(Exception):
    def __str__(self):
        while True:
            pass


def f(x):
    raise Hanging
