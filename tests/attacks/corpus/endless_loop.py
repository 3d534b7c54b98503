"""Tries to compute for ever."""
# ends: timeout
# from: level 1

def f(x):
    while True:
        pass
