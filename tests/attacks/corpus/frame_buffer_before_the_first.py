"""Tries to read the judge's memory by a buffer of negative number."""
# ends: crashed
# from: level 1
# with: forging

def f(x):
    _, number = nonce()
    send(f'{{"v":{{"$":"dict","v":[["number",{number}],["value",{{"$":"t","v":-1}}],["seen",{{"$":"dict","v":[]}}]]}},"b":[["uint8",[3]]]}}'.encode(), bytes(3))
