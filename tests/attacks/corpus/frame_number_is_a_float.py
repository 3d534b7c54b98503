"""Tries to be taken for the answer with a float that equals the frame's number."""
# ends: crashed
# from: level 1
# with: forging

def f(x):
    _, number = nonce()
    send(f'{{"v":{{"$":"dict","v":[["number",{number}.0],["value",1],["seen",{{"$":"dict","v":[]}}]]}},"b":[]}}'.encode(), b"")
