"""Tries to exhaust the stack of whoever reads its result."""
# ends: error
# from: level 1

def f(x):
    nest = []
    for _ in range(100_000):
        nest = [nest]
    return nest
