"""Tries to send truth values that are neither true nor false."""
# ends: crashed
# from: level 1
# with: forging

def f(x):
    _, number = nonce()
    send(f'{{"v":{{"$":"dict","v":[["number",{number}],["value",{{"$":"t","v":0}}],["seen",{{"$":"dict","v":[]}}]]}},"b":[["bool",[3]]]}}'.encode(), bytes([0, 1, 255]))
