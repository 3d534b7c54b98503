"""Tries to hide infinity in the digits of a header."""
# ends: crashed
# from: level 1
# with: forging

def f(x):
    _, number = nonce()
    send(f'{{"v":{{"$":"dict","v":[["number",{number}],["value",1e999],["seen",{{"$":"dict","v":[]}}]]}},"b":[]}}'.encode(), b"")
