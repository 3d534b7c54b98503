"""Tries to name the buffer of its value once more among the observations."""
# ends: crashed
# from: level 1
# with: forging

def f(x):
    _, number = nonce()
    send(f'{{"v":{{"$":"dict","v":[["number",{number}],["value",{{"$":"t","v":0}}],["seen",{{"$":"dict","v":[["a",{{"$":"t","v":0}}]]}}]]}},"b":[["uint8",[3]]]}}'.encode(), bytes(3))
