"""Tries to wait for what nobody types."""
# ends: error
# from: level 1

def f(x):
    return input()
