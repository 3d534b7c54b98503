"""Tries to exhaust the stack of the JSON reader."""
# ends: crashed
# from: level 1
# with: forging

def f(x):
    send(b'{"v":' + b"[" * 200_000 + b"]" * 200_000 + b',"b":[]}')
