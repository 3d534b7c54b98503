"""Tries to be taken for the answer with a text where the frame's number belongs."""
# ends: crashed
# from: level 1
# with: forging

def f(x):
    _, number = nonce()
    send(f'{{"v":{{"$":"dict","v":[["number","{number}"],["value",1],["seen",{{"$":"dict","v":[]}}]]}},"b":[]}}'.encode(), b"")
