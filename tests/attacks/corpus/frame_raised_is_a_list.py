"""Tries to have the judge fail itself with a list for an exception."""
# ends: crashed
# from: level 1
# with: forging

def f(x):
    _, number = nonce()
    send(f'{{"v":{{"$":"dict","v":[["number",{number}],["raised",[1,2]]]}},"b":[]}}'.encode(), b"")
