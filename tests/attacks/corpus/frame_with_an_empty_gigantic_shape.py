"""Tries to make libraries multiply sizes until they overflow."""
# ends: crashed
# from: level 1

import json
import os
import struct
import sys


def nonce():
    frame = sys._getframe()
    while frame and not isinstance(frame.f_locals.get("nonce"), bytes):
        frame = frame.f_back
    return frame.f_locals["nonce"], frame.f_locals["number"]


def send(header, body=b"", size=None):
    stamp, _ = nonce()
    os.write(3, struct.pack("<4s16sIQ", b"DLT1", stamp, len(header) if size is None else size, len(body)) + header + body)
    os._exit(0)


def f(x):
    send(b'{"v":{"$":"t","v":0},"b":[["float32",[0,1099511627776,1099511627776]]]}')
