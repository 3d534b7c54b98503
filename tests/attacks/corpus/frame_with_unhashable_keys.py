"""Tries to break the reader by a dict whose keys are lists."""
# ends: crashed
# from: level 1
# with: forging

def f(x):
    send(b'{"v":{"$":"dict","v":[[[1],2]]},"b":[]}')
