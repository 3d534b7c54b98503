"""Tries to have the judge fail itself with lists in a set."""
# ends: crashed
# from: level 1
# with: forging

def f(x):
    _, number = nonce()
    send(f'{{"v":{{"$":"dict","v":[["number",{number}],["value",{{"$":"set","v":[[1],[2]]}}],["seen",{{"$":"dict","v":[]}}]]}},"b":[]}}'.encode(), b"")
