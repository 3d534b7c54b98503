"""Tries to fill the disk with mapped files that were moved before they were deleted."""
# ends: forbidden timeout
# from: level 1
# slow

import mmap
import os

import torch


def f(x):
    os.mkdir("deep")
    for number in range(60):
        with open(f"deep/{number}", "w+b") as file:
            file.write(bytes(30 << 20))
            file.flush()
            kept = mmap.mmap(file.fileno(), 4096)
        os.link(f"deep/{number}", f"deep/other-{number}")
        os.unlink(f"deep/{number}")
        os.unlink(f"deep/other-{number}")
        KEPT.append(kept)
    print("HARMED: 1800 MiB are held")
    return torch.softmax(x, -1)


KEPT = []
