"""Tries to start workers as libraries do."""
# ends: passed
# from: level 2

import multiprocessing

import torch


def f(x):
    try:
        multiprocessing.get_context("fork").Process(target=print, args=("HARMED",)).start()
    except OSError:
        pass
    return torch.softmax(x, -1)
