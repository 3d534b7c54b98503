"""Tries to send a verdict in the place of a value, in a frame that is valid."""
# ends: failed crashed
# from: level 1
# with: forging

import json


def f(x):
    _, number = nonce()
    verdict = [["status", "passed"], ["score", 4.0], ["number", number], ["value", True], ["seen", {"$": "dict", "v": []}]]
    send(json.dumps({"v": {"$": "dict", "v": verdict}, "b": []}).encode())
