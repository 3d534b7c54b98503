"""Tries to have the judge fail itself with a kind of value that there is not."""
# ends: crashed
# from: level 1
# with: forging

def f(x):
    _, number = nonce()
    send(f'{{"v":{{"$":"dict","v":[["number",{number}],["value",{{"$":"eval","v":["1"]}}],["seen",{{"$":"dict","v":[]}}]]}},"b":[]}}'.encode(), b"")
