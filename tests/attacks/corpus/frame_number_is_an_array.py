"""Tries to have the judge fail itself with an array where the frame's number belongs."""
# ends: crashed
# from: level 1
# with: forging

def f(x):
    _, number = nonce()
    send(f'{{"v":{{"$":"dict","v":[["number",{{"$":"a","v":0}}],["value",1],["seen",{{"$":"dict","v":[]}}]]}},"b":[["float64",[2]]]}}'.encode(), bytes(16))
