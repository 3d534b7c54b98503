"""Tries to send NaN where no number can be NaN."""
# ends: crashed
# from: level 1
# with: forging

def f(x):
    send(b'{"v":NaN,"b":[]}')
