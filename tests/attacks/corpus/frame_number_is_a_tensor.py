"""Tries to have the judge fail itself with a tensor where the frame's number belongs."""
# ends: crashed
# from: level 1
# with: forging

def f(x):
    _, number = nonce()
    send(f'{{"v":{{"$":"dict","v":[["number",{{"$":"t","v":0}}],["value",1],["seen",{{"$":"dict","v":[]}}]]}},"b":[["uint8",[3]]]}}'.encode(), bytes(3))
