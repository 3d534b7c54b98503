"""Tries to send a frame that was not stamped for this run."""
# ends: crashed
# from: level 1
# with: forging

import os
import struct


def f(x):
    header = b'{"v":1,"b":[]}'
    os.write(3, struct.pack("<4s16sIQ", b"DLT1", b"0" * 16, len(header), 0) + header)
    return x
