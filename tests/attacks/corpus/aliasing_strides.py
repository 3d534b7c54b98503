"""Tries to confuse the copying of its result by strides that overlap."""
# ends: failed
# from: level 1

def f(x):
    return x.flatten()[:4].as_strided(x.shape, (0, 1))
