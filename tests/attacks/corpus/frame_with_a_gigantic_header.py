"""Tries to make the reader allocate gigabytes."""
# ends: crashed
# from: level 1
# with: forging

def f(x):
    send(b"{}", size=(1 << 32) - 1)
