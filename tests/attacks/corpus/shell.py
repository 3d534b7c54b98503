"""Tries to run another program."""
# ends: passed
# from: level 2

import os
import subprocess

import torch


def f(x):
    try:
        print("HARMED", subprocess.run(["/bin/sh", "-c", "echo $((6 * 7))"], capture_output=True).stdout)
    except OSError:
        pass
    if os.system("true") == 0:
        print("HARMED: os.system")
    return torch.softmax(x, -1)
