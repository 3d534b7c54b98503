"""Tries to replace the functions that send its results."""
# ends: failed error crashed timeout
# from: level 1

import os
import sys

for module in ("grader.protocol.wire", "grader.protocol.tensors", "grader.sandbox.worker"):
    for name, value in list(vars(sys.modules[module]).items()):
        if callable(value) and not name.startswith("__") and not isinstance(value, type):
            setattr(sys.modules[module], name, lambda *args, **kwargs: b"DLT1")
os.write = lambda *args: 1 << 30


def f(x):
    return x
