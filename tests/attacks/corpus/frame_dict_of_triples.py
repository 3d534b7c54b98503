"""Tries to have the judge fail itself with a dict of three columns."""
# ends: crashed
# from: level 1
# with: forging

def f(x):
    _, number = nonce()
    send(f'{{"v":{{"$":"dict","v":[["number",{number},1]]}},"b":[]}}'.encode(), b"")
