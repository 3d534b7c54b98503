"""Tries to fill the disk while nothing is asked of it."""
# ends: forbidden timeout crashed
# from: level 1

import threading
import time

import torch


def fill():
    number = 0
    while True:
        number += 1
        with open(f"{number}", "wb") as file:
            file.write(bytes(30 << 20))


threading.Thread(target=fill, daemon=True).start()


def f(x):
    time.sleep(2)
    print("HARMED: nobody has looked")
    return torch.softmax(x, -1)
