"""Tries to send objects in a buffer."""
# ends: crashed
# from: level 1
# with: forging

def f(x):
    send(b'{"v":{"$":"a","v":0},"b":[["object",[2]]]}', bytes(16))
