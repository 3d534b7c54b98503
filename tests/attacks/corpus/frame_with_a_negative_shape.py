"""Tries to make sizes negative."""
# ends: crashed
# from: level 1
# with: forging

def f(x):
    send(b'{"v":{"$":"t","v":0},"b":[["float32",[-3,-4]]]}', bytes(48))
