"""Tries to make the judge fail itself with an int that no float holds."""
# ends: failed
# from: level 1

import torch


def f(x):
    return 10**400
