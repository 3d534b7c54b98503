"""Tries to return a number with a million digits."""
# ends: failed
# from: level 1

def f(x):
    return 1 << 4_000_000
