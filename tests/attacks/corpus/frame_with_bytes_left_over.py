"""Tries to smuggle bytes behind the last buffer."""
# ends: crashed
# from: level 1
# with: forging

def f(x):
    send(b'{"v":{"$":"t","v":0},"b":[["float32",[1]]]}', bytes(400))
