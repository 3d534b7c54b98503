"""Tries to return a tensor without any values."""
# ends: failed
# from: level 1

def f(x):
    return x.to("meta")
