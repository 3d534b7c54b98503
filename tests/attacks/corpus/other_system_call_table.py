"""Tries to reach the system calls of another word size, which a filter may have forgotten."""
# ends: forbidden crashed
# from: level 2

import ctypes
import mmap
import platform


def f(x):
    if platform.machine() != "x86_64":
        ctypes.string_at(0)  # there is no such table: ends the same way
    area = mmap.mmap(-1, 4096, prot=7)
    area.write(bytes.fromhex("b814000000cd80c3"))  # getpid of the 32-bit table, by int 0x80
    ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(area)))()
    print("HARMED: int 0x80")
    return x
