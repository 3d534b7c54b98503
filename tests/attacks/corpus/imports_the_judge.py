"""Tries to load the judge's code anew and ask it for its references."""
# ends: passed
# from: level 2

import importlib
import sys

import torch


def f(x):
    for name in ("grader.judge.process", "grader.judge.reference", "lessons.loading.loader"):
        sys.modules.pop(name, None)
        try:
            importlib.import_module(name)
            print("HARMED:", name)
        except ImportError:
            pass
        except PermissionError:
            pass
    return torch.softmax(x, -1)
