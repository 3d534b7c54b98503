"""Tries to keep the JSON reader busy with one number."""
# ends: crashed
# from: level 1
# with: forging

def f(x):
    send(b'{"v":' + b"9" * 900_000 + b',"b":[]}')
