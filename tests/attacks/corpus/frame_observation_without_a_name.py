"""Tries to have the judge fail itself with a number for an observation's name."""
# ends: crashed
# from: level 1
# with: forging

def f(x):
    _, number = nonce()
    send(f'{{"v":{{"$":"dict","v":[["number",{number}],["value",1],["seen",{{"$":"dict","v":[[3,true]]}}]]}},"b":[]}}'.encode(), b"")
