"""Tries to send a reference to something on the other side."""
# ends: crashed
# from: level 1
# with: forging

def f(x):
    send(b'{"v":{"$":"fixture","v":["__builtins__"]},"b":[]}')
