"""Tries to have the judge fail itself with a list where a value's kind belongs."""
# ends: crashed
# from: level 1
# with: forging

def f(x):
    _, number = nonce()
    send(f'{{"v":{{"$":"dict","v":[["number",{number}],["value",{{"$":[],"v":[]}}],["seen",{{"$":"dict","v":[]}}]]}},"b":[]}}'.encode(), b"")
