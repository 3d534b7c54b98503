"""Tries to make the reader wait for an exabyte."""
# ends: crashed
# from: level 1
# with: forging

import os
import struct


def f(x):
    stamp, _ = nonce()
    os.write(3, struct.pack("<4s16sIQ", b"DLT1", stamp, 2, (1 << 63) - 1) + b"{}")
    return x
