"""Tries to allocate until nothing is left."""
# ends: memory timeout
# from: level 1

def f(x):
    kept = []
    while True:
        kept.append(bytearray(256 << 20))
