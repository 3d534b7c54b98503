"""Tries to have the judge fail itself with an answer that has no observations."""
# ends: crashed
# from: level 1
# with: forging

def f(x):
    _, number = nonce()
    send(f'{{"v":{{"$":"dict","v":[["number",{number}],["value",1]]}},"b":[]}}'.encode(), b"")
