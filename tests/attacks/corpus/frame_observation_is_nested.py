"""Tries to have the judge fail itself with lists in lists for an observation."""
# ends: crashed
# from: level 1
# with: forging

def f(x):
    _, number = nonce()
    send(f'{{"v":{{"$":"dict","v":[["number",{number}],["value",1],["seen",{{"$":"dict","v":[["unchanged_inputs",[[[[[[true]]]]]]]]}}]]}},"b":[]}}'.encode(), b"")
