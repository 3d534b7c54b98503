"""Tries to have the judge read one buffer as a tensor and as an array."""
# ends: crashed
# from: level 1
# with: forging

def f(x):
    _, number = nonce()
    send(f'{{"v":{{"$":"dict","v":[["number",{number}],["value",[{{"$":"t","v":0}},{{"$":"a","v":0}}]],["seen",{{"$":"dict","v":[]}}]]}},"b":[["uint8",[3]]]}}'.encode(), bytes(3))
