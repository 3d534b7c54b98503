"""Tries to answer a question that has not been asked yet."""
# ends: crashed
# from: level 1
# with: forging

def f(x):
    _, number = nonce()
    send(f'{{"v":{{"$":"dict","v":[["number",9999],["value",1],["seen",{{"$":"dict","v":[]}}]]}},"b":[]}}'.encode(), b"")
