"""Tries to replace the builtins that checks are made of."""
# ends: failed error crashed timeout
# from: level 1

import builtins

builtins.isinstance = lambda *args: True
builtins.all = builtins.any = lambda *args: True
builtins.len = lambda *args: 0


def f(x):
    return x
