"""Tries to have the judge fail itself with a tensor for a key."""
# ends: crashed failed
# from: level 1
# with: forging

def f(x):
    _, number = nonce()
    send(f'{{"v":{{"$":"dict","v":[["number",{number}],["value",{{"$":"dict","v":[[{{"$":"t","v":0}},1]]}}],["seen",{{"$":"dict","v":[]}}]]}},"b":[["uint8",[3]]]}}'.encode(), bytes(3))
