"""Tries to slow the reader down by a dict of a hundred thousand keys."""
# ends: error
# from: level 1

def f(x):
    return {i: i for i in range(100_000)}
