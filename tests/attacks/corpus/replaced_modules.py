"""Tries to put its own torch in the place of the real one."""
# ends: failed error crashed
# from: level 1

import sys
import types

fake = types.ModuleType("torch")
fake.Tensor = object
for name in [name for name in sys.modules if name.split(".")[0] in ("torch", "numpy", "grader")]:
    sys.modules[name] = fake


def f(x):
    return x
