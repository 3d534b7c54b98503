"""Tries to have the judge fail itself with a number of 4,000 digits where the frame's number belongs."""
# ends: crashed
# from: level 1
# with: forging

def f(x):
    _, number = nonce()
    send(f'{{"v":{{"$":"dict","v":[["number",{"9" * 4000}],["value",1],["seen",{{"$":"dict","v":[]}}]]}},"b":[]}}'.encode(), b"")
