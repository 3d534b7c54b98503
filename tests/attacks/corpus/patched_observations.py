"""Tries to say of itself that it left its input alone."""
# ends: failed
# from: level 1

import sys

for module in ("grader.sandbox.player", "grader.sandbox.observations"):
    sys.modules[module].content = lambda value: b""


def f(x):
    return x.zero_()
