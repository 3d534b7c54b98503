"""Tries to return a sparse tensor, whose values are elsewhere."""
# ends: failed
# from: level 1

def f(x):
    return x.to_sparse()
