"""Tries to add something to the head of a frame."""
# ends: crashed
# from: level 1
# with: forging

def f(x):
    _, number = nonce()
    send(f'{{"v":1,"b":[],"verdict":"passed"}}'.encode(), b"")
