"""Tries to have the judge fail itself with a complex number made of texts."""
# ends: crashed
# from: level 1
# with: forging

def f(x):
    _, number = nonce()
    send(f'{{"v":{{"$":"dict","v":[["number",{number}],["value",{{"$":"c","v":["1","2"]}}],["seen",{{"$":"dict","v":[]}}]]}},"b":[]}}'.encode(), b"")
