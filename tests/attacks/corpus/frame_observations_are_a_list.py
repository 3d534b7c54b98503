"""Tries to have the judge fail itself with a list for all observations."""
# ends: crashed
# from: level 1
# with: forging

def f(x):
    _, number = nonce()
    send(f'{{"v":{{"$":"dict","v":[["number",{number}],["value",1],["seen",[]]]}},"b":[]}}'.encode(), b"")
