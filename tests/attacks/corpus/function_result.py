"""Tries to return a function in the place of a value."""
# ends: failed
# from: level 1

def f(x):
    return lambda *args: True
