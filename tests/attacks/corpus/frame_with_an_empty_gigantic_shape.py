"""Tries to make libraries multiply sizes until they overflow."""
# ends: crashed
# from: level 1
# with: forging

def f(x):
    send(b'{"v":{"$":"t","v":0},"b":[["float32",[0,1099511627776,1099511627776]]]}')
