"""Tries to make the reader allocate for a shape that is not there."""
# ends: crashed
# from: level 1
# with: forging

def f(x):
    send(b'{"v":{"$":"t","v":0},"b":[["float32",[1000000000000]]]}')
