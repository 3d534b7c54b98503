"""Tries to give two values under one name."""
# ends: failed crashed
# from: level 1
# with: forging

def f(x):
    _, number = nonce()
    send(f'{{"v":{{"$":"dict","v":[["number",{number}],["value",1],["value",2],["seen",{{"$":"dict","v":[]}}]]}},"b":[],"b":[]}}'.encode(), b"")
