"""Tries to leave the reader waiting for the rest."""
# ends: timeout crashed
# from: level 1
# with: forging

import os
import struct
import time


def f(x):
    stamp, _ = nonce()
    os.write(3, struct.pack("<4s16sIQ", b"DLT1", stamp, 1000, 1000) + b"{")
    time.sleep(1000)
