"""Tries to have the judge fail itself with an exception whose fields are of other types."""
# ends: crashed
# from: level 1
# with: forging

def f(x):
    _, number = nonce()
    send(f'{{"v":{{"$":"dict","v":[["number",{number}],["raised",{{"$":"dict","v":[["type",3],["bases",{{"$":"dict","v":[]}}],["line",1e9],["trace",[[1]]],["memory",1]]}}]]}},"b":[]}}'.encode(), b"")
