"""Tries to fill the disk with empty files."""
# ends: forbidden timeout
# from: level 1

import os


def f(x):
    number = 0
    while True:
        number += 1
        os.close(os.open(f"empty-{number}", os.O_CREAT | os.O_WRONLY))
