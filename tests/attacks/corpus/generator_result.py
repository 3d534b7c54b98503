"""Tries to return a generator that yields what one likes."""
# ends: failed
# from: level 1

def f(x):
    return (row for row in x)
