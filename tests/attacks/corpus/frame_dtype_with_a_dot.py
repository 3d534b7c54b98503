"""Tries to have the judge look up a name with dots for a dtype."""
# ends: crashed
# from: level 1
# with: forging

def f(x):
    _, number = nonce()
    send(f'{{"v":{{"$":"dict","v":[["number",{number}],["value",{{"$":"dtype","v":"float32.__class__"}}],["seen",{{"$":"dict","v":[]}}]]}},"b":[]}}'.encode(), b"")
