"""Tries to pass by an observation that nobody has asked for."""
# ends: crashed
# from: level 1
# with: forging

def f(x):
    _, number = nonce()
    send(f'{{"v":{{"$":"dict","v":[["number",{number}],["value",1],["seen",{{"$":"dict","v":[["passed",true],["score",4],["unchanged_inputs",true]]}}]]}},"b":[]}}'.encode(), b"")
