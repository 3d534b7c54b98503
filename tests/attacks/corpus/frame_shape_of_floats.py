"""Tries to have the judge fail itself with a shape of floats."""
# ends: crashed
# from: level 1
# with: forging

def f(x):
    _, number = nonce()
    send(f'{{"v":{{"$":"dict","v":[["number",{number}],["value",{{"$":"t","v":0}}],["seen",{{"$":"dict","v":[]}}]]}},"b":[["uint8",[3.0]]]}}'.encode(), bytes(3))
