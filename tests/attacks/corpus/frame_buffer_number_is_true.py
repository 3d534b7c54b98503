"""Tries to have the judge fail itself with a truth value for a buffer's number."""
# ends: crashed
# from: level 1
# with: forging

def f(x):
    _, number = nonce()
    send(f'{{"v":{{"$":"dict","v":[["number",{number}],["value",{{"$":"t","v":false}}],["seen",{{"$":"dict","v":[]}}]]}},"b":[["uint8",[3]]]}}'.encode(), bytes(3))
