"""Tries to shut the channel down and look alive."""
# ends: crashed timeout
# from: level 1

import os
import time


def f(x):
    os.close(3)
    time.sleep(1000)
