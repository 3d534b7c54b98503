"""Tries to break the verdict's JSON by text that is no Unicode."""
# ends: error
# from: level 1

def f(x):
    raise ValueError("\ud800\udfff" * 100 + "\x00")
