"""Tries to have the judge fail itself with an array for an observation."""
# ends: crashed
# from: level 1
# with: forging

def f(x):
    _, number = nonce()
    send(f'{{"v":{{"$":"dict","v":[["number",{number}],["value",1],["seen",{{"$":"dict","v":[["unchanged_inputs",{{"$":"a","v":0}}]]}}]]}},"b":[["bool",[2]]]}}'.encode(), bytes(2))
