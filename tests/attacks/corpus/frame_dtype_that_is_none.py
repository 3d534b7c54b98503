"""Tries to have the judge fail itself with the name of no dtype."""
# ends: crashed failed
# from: level 1
# with: forging

def f(x):
    _, number = nonce()
    send(f'{{"v":{{"$":"dict","v":[["number",{number}],["value",{{"$":"dtype","v":"__class__"}}],["seen",{{"$":"dict","v":[]}}]]}},"b":[]}}'.encode(), b"")
