"""Tries to pass by an exception that says so."""
# ends: crashed
# from: level 1
# with: forging

def f(x):
    _, number = nonce()
    send(f'{{"v":{{"$":"dict","v":[["number",{number}],["raised",{{"$":"dict","v":[["type","passed"],["message","score: 4"]]}}]]}},"b":[]}}'.encode(), b"")
